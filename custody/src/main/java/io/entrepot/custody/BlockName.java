// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

/**
 * Which block.
 *
 * @param number 1 for the first block of a stream
 */
public record BlockName(String stream, long number) {}
