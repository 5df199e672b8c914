// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import java.time.InstantSource;

/** What the parts of one call share. */
record Setting(Route route, CopyControl control, InstantSource clock, Buffers buffers) {}
