// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.ErrorCode;
import io.entrepot.server.metrics.MetricSource;
import io.entrepot.server.metrics.MetricText;
import io.entrepot.storage.Store;
import io.entrepot.storage.decorator.MeteredStore;
import io.entrepot.storage.decorator.StoreMeter;
import io.entrepot.storage.decorator.Verb;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** What the stores that were opened did since the start, by what they are and what they are for. */
public final class StoreMetrics implements MetricSource {

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanos;
  private final Map<Kind, Counts> kinds =
      new ConcurrentSkipListMap<>(Comparator.comparing(Kind::place).thenComparing(Kind::store));

  /**
   * @param nanos a time that never steps back, such as {@code System::nanoTime}
   */
  public StoreMetrics(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** What a store is for, and how it is reached. */
  private record Kind(String place, String store) {

    String[] and(String... more) {
      return Stream.concat(Stream.of("place", place, "store", store), Stream.of(more))
          .toArray(String[]::new);
    }
  }

  /** Counts what is done with the store of an instrument. */
  Store ofInstrument(Transport transport, Store store) {
    return counted(new Kind("instrument", transport.word()), store);
  }

  /** Counts what is done with the store of a storage location. */
  Store ofLocation(StorageType type, Store store) {
    return counted(new Kind("storage", type.word()), store);
  }

  private Store counted(Kind kind, Store store) {
    return new MeteredStore(store, kinds.computeIfAbsent(kind, _ -> new Counts()), nanos);
  }

  private static final class Counts implements StoreMeter {

    /** All of them from the beginning, so that none is looked up under a lock. */
    private final Calls[] calls =
        Arrays.stream(Verb.values()).map(Calls::new).toArray(Calls[]::new);

    private Calls of(Verb verb) {
      return calls[verb.ordinal()];
    }

    @Override
    public void moved(Verb verb, long bytes) {
      of(verb).bytes.add(bytes);
    }

    @Override
    public void ended(Verb verb, long nanos) {
      of(verb).nanos.add(nanos);
      of(verb).count.increment();
    }

    @Override
    public void failed(Verb verb, ErrorCode code) {
      of(verb).failures.computeIfAbsent(code, _ -> new LongAdder()).increment();
    }
  }

  private static final class Calls {
    final Verb verb;
    final LongAdder bytes = new LongAdder();
    final LongAdder nanos = new LongAdder();
    final LongAdder count = new LongAdder();
    final Map<ErrorCode, LongAdder> failures = new ConcurrentSkipListMap<>();

    Calls(Verb verb) {
      this.verb = verb;
    }

    String word() {
      return verb.name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public void write(MetricText out) {
    MetricText.Figure bytes =
        out.counter("entrepot_store_bytes_total", "Bytes read from stores and written to them.");
    each(
        (kind, calls) -> {
          if (calls.verb == Verb.READ || calls.verb == Verb.WRITE) {
            bytes.sample(calls.bytes.sum(), kind.and("direction", calls.word()));
          }
        });
    MetricText.Figure seconds =
        out.summary("entrepot_store_operation_seconds", "How long stores took for what was asked.");
    each(
        (kind, calls) -> {
          String[] labels = kind.and("operation", calls.word());
          seconds.part("_sum", calls.nanos.sum() / NANOS, labels);
          seconds.part("_count", calls.count.sum(), labels);
        });
    MetricText.Figure failures =
        out.counter("entrepot_store_failures_total", "What stores could not do, by reason.");
    each((kind, calls) -> failures(failures, kind, calls));
  }

  private static void failures(MetricText.Figure out, Kind kind, Calls calls) {
    calls.failures.forEach(
        (code, count) ->
            out.sample(count.sum(), kind.and("operation", calls.word(), "reason", code.name())));
  }

  private void each(BiConsumer<Kind, Calls> row) {
    kinds.forEach(
        (kind, counts) -> {
          for (Calls calls : counts.calls) {
            row.accept(kind, calls);
          }
        });
  }
}
