// SPDX-License-Identifier: Apache-2.0
/**
 * What callers see of things that they cannot bring about: a test reaches into the server for the
 * cause, and looks at the effect from outside.
 */
@NullMarked
package io.entrepot.server.behind;

import org.jspecify.annotations.NullMarked;
