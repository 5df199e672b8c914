// SPDX-License-Identifier: Apache-2.0
/**
 * What people are told: the inbox inside the house.
 *
 * <p>Owns notices and who has read them. Decides nothing about what is worth telling; features do,
 * and call {@link io.entrepot.server.notices.Inbox} inside the transaction of what they tell about.
 */
@NullMarked
package io.entrepot.server.notices;

import org.jspecify.annotations.NullMarked;
