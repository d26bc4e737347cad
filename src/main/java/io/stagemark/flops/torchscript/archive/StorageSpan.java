package io.stagemark.flops.torchscript.archive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The elements of a storage that tensors reach: from the first to the last of them.
 *
 * @param first index in the storage
 * @param last index in the storage, inclusive
 * @param elements how many of them the tensors have, at most last − first + 1
 */
public record StorageSpan(long first, long last, long elements) {

  /** Returns the spans with those that overlap joined, in ascending order. */
  public static List<StorageSpan> joined(List<StorageSpan> spans) {
    List<StorageSpan> sorted = new ArrayList<>(spans);
    sorted.sort(Comparator.comparingLong(StorageSpan::first).thenComparingLong(StorageSpan::last));
    List<StorageSpan> joined = new ArrayList<>();
    StorageSpan before = null; // the same tensor again is no more elements
    for (StorageSpan span : sorted) {
      int top = joined.size() - 1;
      if (top < 0 || joined.get(top).last() < span.first()) {
        joined.add(span);
      } else if (!span.equals(before)) {
        joined.set(top, joined.get(top).with(span));
      }
      before = span;
    }
    return joined;
  }

  private StorageSpan with(StorageSpan other) {
    long end = Math.max(last, other.last);
    long all = Math.addExact(elements, other.elements);
    return new StorageSpan(first, end, Math.min(end - first + 1, all));
  }

  boolean contains(StorageSpan other) {
    return first <= other.first && other.last <= last;
  }
}
