package io.stagemark.dataset;

import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The steps of one entry of a tensor data set: one for an entry that is no sequence. */
final class Steps {
  private final SortedSet<Long> counts = new TreeSet<>();
  private final Set<String> stepped = new HashSet<>();

  /** Takes note of an array whose first axis is that of the steps. */
  void see(Tensor tensor) {
    counts.add(tensor.spec().shape().get(0));
    stepped.add(tensor.spec().name());
  }

  boolean disagree() {
    return counts.size() > 1;
  }

  SortedSet<Long> counts() {
    return counts;
  }

  /** Returns the number of steps. */
  long count() {
    return counts.isEmpty() ? 1 : counts.first();
  }

  boolean fitsTarget(List<Long> shape) {
    return counts.isEmpty() || (!shape.isEmpty() && shape.get(0) == count());
  }

  /** Returns a file's or folder's name without the ending of an array. */
  static String stem(Path entry) {
    return String.valueOf(entry.getFileName()).replaceFirst("\\.np[yz]$", "");
  }

  /**
   * Returns an example for each step; an id is such as {@code talk#0007}.
   *
   * @param tensors one for each input
   * @param target of the whole entry
   */
  List<Example> examples(Path entry, List<Tensor> tensors, Truth target) {
    String name = String.valueOf(entry.getFileName());
    if (counts.isEmpty()) {
      return List.of(new Example(name, entry, tensors, target));
    }
    List<Example> examples = new ArrayList<>();
    for (int step = 0; step < count(); step++) {
      List<Tensor> inputs = new ArrayList<>();
      for (Tensor tensor : tensors) {
        inputs.add(stepped.contains(tensor.spec().name()) ? step(tensor, step) : tensor);
      }
      Truth truth =
          target instanceof Truth.Target whole
              ? new Truth.Target(whole.file(), step(whole.values(), step))
              : target;
      String id = String.format(Locale.ROOT, "%s#%04d", name, step);
      examples.add(new Example(id, entry, inputs, truth, step == 0));
    }
    return examples;
  }

  private static Tensor step(Tensor tensor, int step) {
    List<Long> shape = tensor.spec().shape();
    int size = tensor.bytes().capacity() / Math.toIntExact(shape.get(0));
    return new Tensor(
        new TensorSpec(tensor.spec().name(), tensor.spec().type(), shape.subList(1, shape.size())),
        tensor.bytes().slice(step * size, size).order(ByteOrder.nativeOrder()));
  }
}
