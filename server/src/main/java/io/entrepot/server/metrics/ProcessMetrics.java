// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** The process and its JVM, under the names that Prometheus' own clients give them. */
@Component
final class ProcessMetrics implements MetricSource {

  private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  @Override
  public void write(MetricText out) {
    memory(out);
    out.gauge("jvm_threads_current", "Platform threads.")
        .sample(ManagementFactory.getThreadMXBean().getThreadCount());
    MetricText.Figure collections =
        out.counter("jvm_gc_collection_seconds_total", "Time spent collecting garbage.");
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      collections.sample(collector.getCollectionTime() / MILLIS, "gc", collector.getName());
    }
    out.gauge("process_start_time_seconds", "When the server was started, since 1970.")
        .sample(ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      out.counter("process_cpu_seconds_total", "Processor time used.")
          .sample(system.getProcessCpuTime() / NANOS);
      out.gauge("process_open_fds", "Open files and connections.")
          .sample(system.getOpenFileDescriptorCount());
      out.gauge("process_max_fds", "How many may be open at once.")
          .sample(system.getMaxFileDescriptorCount());
    }
  }

  private static void memory(MetricText out) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
    out.gauge("jvm_memory_used_bytes", "Memory in use.")
        .sample(heap.getUsed(), "area", "heap")
        .sample(other.getUsed(), "area", "nonheap");
    out.gauge("jvm_memory_max_bytes", "How large the heap may grow.")
        .sample(heap.getMax(), "area", "heap");
  }
}
