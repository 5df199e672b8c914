// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.metrics;

/** Builds a page in the text format of Prometheus, version 0.0.4. */
public final class MetricText {

  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder();

  /** One figure with its name and meaning, whose samples follow at once. */
  public final class Figure {

    private final String name;

    private Figure(String name) {
      this.name = name;
    }

    /**
     * @param labels name and value by turns; no two samples of a figure have the same
     */
    public Figure sample(double value, String... labels) {
      return part("", value, labels);
    }

    /** A sample of a figure that has several, as a histogram's {@code _bucket}. */
    public Figure part(String suffix, double value, String... labels) {
      text.append(name).append(suffix);
      for (int i = 0; i < labels.length; i += 2) {
        text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
        text.append(escaped(labels[i + 1])).append('"');
      }
      text.append(labels.length == 0 ? " " : "} ").append(number(value)).append('\n');
      return this;
    }
  }

  /** A figure that goes up and down. */
  public Figure gauge(String name, String help) {
    return begin(name, "gauge", help);
  }

  /** A figure that only grows; its name ends in {@code _total}. */
  public Figure counter(String name, String help) {
    return begin(name, "counter", help);
  }

  /** How often something took how long; its samples are parts. */
  public Figure histogram(String name, String help) {
    return begin(name, "histogram", help);
  }

  /** How often something was done and how long that took in all; its samples are parts. */
  public Figure summary(String name, String help) {
    return begin(name, "summary", help);
  }

  private Figure begin(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    return new Figure(name);
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** Whole numbers without a point, so that large ones stay exact. */
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** Everything that was written to another page, after what stands here. */
  public MetricText add(MetricText other) {
    text.append(other.text);
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
