// SPDX-License-Identifier: Apache-2.0
/**
 * The main job: files on an instrument arrive in a store, proved, named and on record.
 *
 * <p>What is harvested is in {@code instruments}, by which rules of its own in {@code hooks}, how
 * in {@code runs}, when in {@code schedules}; each knows those before it. Here they are put
 * together. Imports no other feature.
 */
@NullMarked
package io.entrepot.server.harvest;

import org.jspecify.annotations.NullMarked;
