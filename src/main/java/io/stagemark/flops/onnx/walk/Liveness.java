package io.stagemark.flops.onnx.walk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many bytes of activations are alive at a time when a graph runs in its order. */
public final class Liveness {
  private long alive;
  private long peak;

  /** Returns the most bytes that were alive at one time. */
  public long peak() {
    return peak;
  }

  LiveGraph enter(GraphPlan plan) {
    return new LiveGraph(plan);
  }

  /** Memory that one or more names (views of it) still need. */
  private static final class Storage {
    private final long bytes;
    private int names;

    private Storage(long bytes) {
      this.bytes = bytes;
    }
  }

  /** The values of one graph. */
  final class LiveGraph {
    private final GraphPlan plan;
    private final Map<String, Storage> storages = new HashMap<>();
    private final List<List<String>> dying = new ArrayList<>();

    private LiveGraph(GraphPlan plan) {
      this.plan = plan;
      for (int i = 0; i <= plan.nodes().size(); i++) {
        dying.add(List.of());
      }
    }

    void define(String name, long bytes) {
      if (!name.isEmpty()) {
        hold(name, new Storage(bytes));
        alive = Math.addExact(alive, bytes);
        peak = Math.max(peak, alive);
      }
    }

    /** Lets {@code name} be a view of {@code source}; of nothing, if that is a weight. */
    void alias(String name, String source) {
      @Nullable Storage storage = storages.get(source);
      if (storage != null && !name.isEmpty()) {
        hold(name, storage);
      }
    }

    private void hold(String name, Storage storage) {
      storages.put(name, storage);
      storage.names++;
      Integer last = plan.lastUse().get(name);
      int index = last == null ? -1 : last;
      if (index >= 0) {
        List<String> names = new ArrayList<>(dying.get(index));
        names.add(name);
        dying.set(index, names);
      } else {
        unread.add(name);
      }
    }

    private final List<String> unread = new ArrayList<>();

    /** Frees what node {@code index} was the last to read, and what no node reads. */
    void releaseAfter(int index) {
      dying.get(index).forEach(this::release);
      unread.forEach(this::release);
      unread.clear();
    }

    private void release(String name) {
      Storage storage = storages.remove(name);
      if (storage != null && --storage.names == 0) {
        alive -= storage.bytes;
      }
    }

    /** Frees what is left: the graph is done. */
    void leave() {
      List.copyOf(storages.keySet()).forEach(this::release);
    }
  }
}
