// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.metrics;

/** The figures of one room. Every bean of this kind is asked. */
public interface MetricSource {

  /** Writes them as they are now, within a second. */
  void write(MetricText out);
}
