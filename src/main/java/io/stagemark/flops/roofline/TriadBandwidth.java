package io.stagemark.flops.roofline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

/**
 * The triad of STREAM (McCalpin 1995), {@code a[i] = b[i] + s·c[i]}: 24 bytes an element counted,
 * as STREAM counts them. The first passes, which touch the pages, are left out.
 */
final class TriadBandwidth {
  private static final long BYTES_AN_ELEMENT = 24;
  private static final int PASSES = 11;

  /** The first pass touches the pages, the next ones are compiled under way. */
  private static final int WARMUP = 4;

  private static final long UNKNOWN_CACHE_BYTES = 32L << 20;
  private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

  private final double[] a;
  private final double[] b;
  private final double[] c;

  private TriadBandwidth(int elements) {
    a = new double[elements];
    b = new double[elements];
    c = new double[elements];
  }

  /** Measures with so many threads; arrays of four times the last-level cache, if they fit. */
  static Rate measure(int threads) throws InterruptedException {
    OptionalLong cache = lastLevelCacheBytes();
    long wanted = 4 * cache.orElse(UNKNOWN_CACHE_BYTES);
    long room = Runtime.getRuntime().maxMemory() / 8;
    int elements = (int) Math.min(Math.min(wanted, room) / 8, 1 << 27);
    TriadBandwidth triad = new TriadBandwidth(elements);
    List<Double> rates = new ArrayList<>();
    for (int pass = 0; pass < WARMUP + PASSES; pass++) {
      long nanos = triad.pass(threads);
      if (pass >= WARMUP) {
        rates.add(1e9 * BYTES_AN_ELEMENT * elements / nanos);
      }
    }
    String name =
        "3 arrays of %d MiB, last-level cache %s%s"
            .formatted(
                (8L * elements) >> 20,
                cache.isPresent() ? (cache.getAsLong() >> 20) + " MiB" : "unknown",
                wanted > room ? " (smaller than four times the cache: the heap has no room)" : "");
    return Rate.of(rates.stream().mapToDouble(Double::doubleValue).toArray(), name);
  }

  private long pass(int threads) throws InterruptedException {
    CyclicBarrier start = new CyclicBarrier(threads + 1);
    List<Thread> workers = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int from = (int) ((long) a.length * t / threads);
      int to = (int) ((long) a.length * (t + 1) / threads);
      Thread worker = new Thread(() -> work(start, from, to), "triad-" + t);
      worker.start();
      workers.add(worker);
    }
    await(start);
    long begin = System.nanoTime();
    for (Thread worker : workers) {
      worker.join();
    }
    return System.nanoTime() - begin;
  }

  private void work(CyclicBarrier start, int from, int to) {
    await(start);
    for (int i = from; i < to; i++) {
      a[i] = b[i] + 3.0 * c[i];
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (BrokenBarrierException e) {
      throw new IllegalStateException("a thread of the triad was interrupted", e);
    }
  }

  /** Returns the size of the largest cache that Linux reports. */
  static OptionalLong lastLevelCacheBytes() {
    long largest = 0;
    for (int i = 0; i < 8; i++) {
      Path size = CACHES.resolve("index" + i).resolve("size");
      try {
        if (Files.isReadable(size)) {
          String text = Files.readString(size, StandardCharsets.US_ASCII).strip();
          largest = Math.max(largest, bytes(text));
        }
      } catch (IOException e) {
        return OptionalLong.empty();
      }
    }
    return largest == 0 ? OptionalLong.empty() : OptionalLong.of(largest);
  }

  private static long bytes(String text) {
    if (!text.matches("\\d{1,12}[KM]?")) {
      return 0;
    }
    long number = Long.parseLong(text.replaceAll("[KM]", ""));
    return text.endsWith("K") ? number << 10 : text.endsWith("M") ? number << 20 : number;
  }
}
