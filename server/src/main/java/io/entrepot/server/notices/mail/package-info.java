// SPDX-License-Identifier: Apache-2.0
/**
 * Mail: the one server that takes it, and the links that only the owner of an address may see.
 *
 * <p>Owns how a letter is handed over. The mail server is an operator's setting and trusted as
 * such; nobody else can name one. Never writes a link or a password into a log.
 */
@NullMarked
package io.entrepot.server.notices.mail;

import org.jspecify.annotations.NullMarked;
