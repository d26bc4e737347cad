package io.stagemark.flops.onnx.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The sliding window of a convolution or pooling: one entry for each spatial dimension.
 *
 * @param kernel extents of the window
 * @param stride steps between windows
 * @param dilation steps between taps
 * @param begin padding before the first element; the end follows from the output's extent
 * @param end padding after the last element
 * @param ceil whether a window that hangs over the end counts (pooling's {@code ceil_mode})
 */
public record Window(
    List<Long> kernel,
    List<Long> stride,
    List<Long> dilation,
    List<Long> begin,
    List<Long> end,
    boolean ceil) {
  /** No real network has such a window: a larger one is a malformed file. */
  private static final long LARGEST_EXTENT = 1L << 32;

  /** Counting takes time in proportion to the shorter of window and output. */
  private static final long MAX_TAPS = 1L << 24;

  /**
   * Reads a node's attributes.
   *
   * @param node with kernel_shape, strides, dilations, pads or auto_pad
   * @param kernel the extents of the weight; an attribute kernel_shape is optional for Conv
   * @param input the spatial extents of the input, which auto_pad needs
   */
  public static Window of(Node node, List<Long> kernel, List<Long> input) {
    int rank = kernel.size();
    if (input.size() != rank) {
      throw new GraphFault(
          node.path(),
          "%s of a kernel %s over %s".formatted(node.operator(), kernel, input),
          "as many extents in both",
          "check --input: does the model take inputs of that shape?");
    }
    List<Long> ones = Collections.nCopies(rank, 1L);
    List<Long> stride = sized(node, "strides", rank, ones);
    List<Long> dilation = sized(node, "dilations", rank, ones);
    List<Long> pads = sized(node, "pads", 2 * rank, Collections.nCopies(2 * rank, 0L));
    boolean ceil = node.flag("ceil_mode", false);
    Window window =
        new Window(
            kernel, stride, dilation, pads.subList(0, rank), pads.subList(rank, 2 * rank), ceil);
    window.check(node);
    String auto = node.text("auto_pad", "NOTSET");
    if (auto.startsWith("SAME")) {
      return window.same(input, auto.equals("SAME_LOWER"));
    }
    return auto.equals("VALID") ? window.padded(ones.stream().map(i -> 0L).toList()) : window;
  }

  private static List<Long> sized(Node node, String name, int size, List<Long> otherwise) {
    List<Long> values = node.integers(name, otherwise);
    if (values.isEmpty()) {
      return otherwise;
    }
    if (values.size() != size) {
      throw new GraphFault(
          node.path(),
          "%s %s".formatted(name, values),
          size + " numbers",
          "check the model with onnx.checker, or export it again");
    }
    return values;
  }

  private void check(Node node) {
    for (int i = 0; i < kernel.size(); i++) {
      boolean sane =
          kernel.get(i) >= 0
              && kernel.get(i) < LARGEST_EXTENT
              && stride.get(i) >= 1
              && stride.get(i) < LARGEST_EXTENT
              && dilation.get(i) >= 1
              && dilation.get(i) < LARGEST_EXTENT
              && Math.abs(begin.get(i)) < LARGEST_EXTENT
              && Math.abs(end.get(i)) < LARGEST_EXTENT;
      if (!sane) {
        throw new GraphFault(
            node.path(),
            "kernel %s, strides %s, dilations %s, pads %s %s"
                .formatted(kernel, stride, dilation, begin, end),
            "positive steps and extents",
            "check the model with onnx.checker, or export it again");
      }
    }
  }

  private Window padded(List<Long> none) {
    return new Window(kernel, stride, dilation, none, none, ceil);
  }

  /** The padding of auto_pad SAME: output = ⌈input / stride⌉, the odd one at the end for UPPER. */
  private Window same(List<Long> input, boolean lower) {
    List<Long> first = new ArrayList<>();
    List<Long> last = new ArrayList<>();
    for (int i = 0; i < kernel.size(); i++) {
      long out = Shapes.ceilDiv(input.get(i), stride.get(i));
      long total = Math.max(0, (out - 1) * stride.get(i) + reach(i) - input.get(i));
      long smaller = total / 2;
      first.add(lower ? total - smaller : smaller);
      last.add(lower ? smaller : total - smaller);
    }
    return new Window(kernel, stride, dilation, first, last, ceil);
  }

  /** Returns the extent that the dilated kernel covers. */
  private long reach(int i) {
    return Shapes.add(Shapes.multiply(kernel.get(i) - 1, dilation.get(i)), 1);
  }

  /** Returns the spatial extents of a convolution's or pooling's output. */
  public List<Long> over(List<Long> input) {
    List<Long> output = new ArrayList<>();
    for (int i = 0; i < kernel.size(); i++) {
      long room = Shapes.add(input.get(i), begin.get(i), end.get(i), -reach(i));
      long steps = ceil ? Shapes.ceilDiv(room, stride.get(i)) : Math.floorDiv(room, stride.get(i));
      // a last window that would start in the end padding is left out, as every engine does
      boolean outside = ceil && steps * stride.get(i) >= input.get(i) + begin.get(i);
      long out = outside ? steps : steps + 1;
      if (out < 0 || (out == 0 && input.get(i) > 0)) {
        throw new GraphFault(
            "",
            "a window of %s over an input of %s".formatted(kernel, input),
            "an input at least as large as the window",
            "give a larger --input");
      }
      output.add(out);
    }
    return output;
  }

  /**
   * Returns how many pairs of window and tap meet an element and not padding, all dimensions
   * multiplied: Π_d Σ_o #{j : 0 ≤ o·s − p + j·d &lt; in}.
   */
  public long validTaps(List<Long> input, List<Long> output) {
    long product = 1;
    for (int i = 0; i < kernel.size(); i++) {
      long pairs =
          meetings(
              output.get(i),
              stride.get(i),
              kernel.get(i),
              dilation.get(i),
              begin.get(i),
              input.get(i));
      product = Math.multiplyExact(product, pairs);
    }
    return product;
  }

  /**
   * Returns the pairs (o, j) with 0 ≤ o·s + j·d − p &lt; extent. It is symmetric in (o, s) and (j,
   * d), so it sums over the shorter one.
   */
  public static long meetings(
      long outputs, long stride, long taps, long dilation, long pad, long extent) {
    if (outputs < taps) {
      return meetings(taps, dilation, outputs, stride, pad, extent);
    }
    if (taps > MAX_TAPS) {
      throw new GraphFault(
          "",
          "a window of %d taps over %d positions".formatted(taps, outputs),
          "at most %d of either".formatted(MAX_TAPS),
          "check the model with onnx.checker, or export it again");
    }
    long pairs = 0;
    for (long j = 0; j < taps; j++) {
      long shift = pad - j * dilation; // 0 <= o*stride - shift < extent
      long first = Math.max(0, Shapes.ceilDiv(shift, stride));
      long last = Math.min(outputs - 1, Math.floorDiv(extent - 1 + shift, stride));
      pairs += Math.max(0, last - first + 1);
    }
    return pairs;
  }
}
