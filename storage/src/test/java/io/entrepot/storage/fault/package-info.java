// SPDX-License-Identifier: Apache-2.0
/**
 * Stores that go wrong on request, for the tests of whoever uses a store.
 *
 * <p>Owns faults only: every store here wraps another and adds no ability of its own. A fault is
 * scripted by operation number, path or time, so that a test can be run again exactly; nothing here
 * sleeps or asks the system clock.
 */
@NullMarked
package io.entrepot.storage.fault;

import org.jspecify.annotations.NullMarked;
