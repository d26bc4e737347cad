package io.stagemark.trial;

import io.stagemark.data.LapProbe;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up the laps of the examples of a batch by name, batch by batch. Allocates only when a name
 * is used for the first time. Not thread-safe.
 */
final class LapRecorder implements LapProbe {
  private static final int MAX_NAMES = 16;

  private final String[] names = new String[MAX_NAMES];
  private final long[][] nanos = new long[MAX_NAMES][];
  private final int capacity;
  private int known;
  private int batch;
  private long last;

  /**
   * @param capacity batches that there will be at most
   */
  LapRecorder(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public void start() {
    last = System.nanoTime();
  }

  @Override
  public void lap(String name) {
    long now = System.nanoTime();
    nanos[indexOf(name)][batch] += now - last;
    last = now;
  }

  private int indexOf(String name) {
    for (int i = 0; i < known; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    names[known] = name;
    nanos[known] = new long[capacity];
    return known++;
  }

  /** Ends a batch that counts. */
  void nextBatch() {
    batch++;
  }

  /** Discards the laps since the last batch that counts. */
  void dropBatch() {
    for (int i = 0; i < known; i++) {
      nanos[i][batch] = 0;
    }
  }

  /** Forgets every batch and keeps the names. */
  void clear() {
    for (int i = 0; i < known; i++) {
      Arrays.fill(nanos[i], 0);
    }
    batch = 0;
  }

  /** Returns the times of each batch by name, in the order in which the names were first used. */
  Map<String, List<Long>> laps() {
    Map<String, List<Long>> laps = new LinkedHashMap<>();
    for (int i = 0; i < known; i++) {
      laps.put(names[i], Arrays.stream(nanos[i], 0, batch).boxed().toList());
    }
    return laps;
  }
}
