// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.storage.Store;

/** Where the bytes of one call come from and where they go. The mover closes neither store. */
public record Route(Store source, Store target) {}
