// SPDX-License-Identifier: Apache-2.0
/**
 * The words every module shares: ids, digests, the error catalogue, canonical bytes, pages of a
 * list.
 *
 * <p>Owns nothing that does I/O. Depends on the JDK alone and on no other module.
 */
@NullMarked
package io.entrepot.base;

import org.jspecify.annotations.NullMarked;
