// SPDX-License-Identifier: Apache-2.0
/**
 * How notices leave the house: channels, the rules of what each hears, and the log of deliveries.
 *
 * <p>Owns channels with their sealed secrets and every delivery until it has arrived or was given
 * up. A feature announces what happened to {@link io.entrepot.server.notices.channels.Announcer}
 * inside the transaction of what it tells about; nothing is sent before that has committed. Decides
 * nothing about what is worth telling.
 */
@NullMarked
package io.entrepot.server.notices.channels;

import org.jspecify.annotations.NullMarked;
