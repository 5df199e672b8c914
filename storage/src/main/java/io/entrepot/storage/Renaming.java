// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

/** One object that is to get its final name. */
public record Renaming(ObjectPath from, ObjectPath to) {}
