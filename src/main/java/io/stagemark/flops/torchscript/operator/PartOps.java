package io.stagemark.flops.torchscript.operator;

import static io.stagemark.flops.torchscript.operator.Operator.checked;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.value.Arguments;
import io.stagemark.flops.torchscript.value.Known;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators that cut a tensor into parts: views, nothing moves. */
final class PartOps {
  private static final long MAX_PARTS = 1 << 20;

  private PartOps() {}

  static void register(OperatorTable<Operator> ops) {
    List.of("chunk", "unsafe_chunk").forEach(name -> ops.put(name, PartOps::chunk));
    ops.put("tensor_split", PartOps::tensorSplit);
    ops.put("unsafe_split", PartOps::split);
    List.of("split_with_sizes", "unsafe_split_with_sizes")
        .forEach(name -> ops.put(name, checked(ViewChecks::split, PartOps::split)));
    ops.put("unbind", PartOps::unbind);
  }

  private static Object chunk(Arguments a) {
    Value x = a.tensor(0);
    int at = MoveOps.axis(a.integer(2, "dim", 0), x.rank());
    long count = a.integer(1);
    if (count < 1) {
      throw new ScriptFault(a.where(), count + " chunks");
    }
    return parts(x, at, Math.max(1, (x.extent(at) + count - 1) / count));
  }

  private static List<@Nullable Object> parts(Value x, int at, long size) {
    if (size < 1) {
      throw new ScriptFault("split", "parts of %d".formatted(size));
    }
    List<Long> sizes = new ArrayList<>();
    checkCount(x.extent(at) / size);
    for (long done = 0; done < x.extent(at); done += size) {
      sizes.add(Math.min(size, x.extent(at) - done));
    }
    return parts(x, at, sizes.isEmpty() ? List.of(0L) : sizes);
  }

  private static void checkCount(long parts) {
    if (parts > MAX_PARTS) {
      throw new ScriptFault("split", "%d parts".formatted(parts));
    }
  }

  private static List<@Nullable Object> parts(Value x, int at, List<Long> sizes) {
    List<@Nullable Object> parts = new ArrayList<>();
    long start = 0;
    for (long size : sizes) {
      List<Long> shape = new ArrayList<>(x.shape());
      shape.set(at, size);
      if (size < 0 || start + size > x.extent(at)) {
        throw new ScriptFault("split", "parts %s of %d".formatted(sizes, x.extent(at)));
      }
      parts.add(Known.slice(x, at, start, 1, shape));
      start += size;
    }
    return parts;
  }

  /** A number of parts, the first ones longer by one, or the places to cut at. */
  private static Object tensorSplit(Arguments a) {
    Value x = a.tensor(0);
    int at = MoveOps.axis(a.integer(2, "dim", 0), x.rank());
    long extent = x.extent(at);
    List<Long> sizes = new ArrayList<>();
    if (a.get(1) instanceof List<?>) {
      long start = 0;
      for (long cut : a.integers(1, "indices")) {
        long end = Math.max(start, Math.min(cut < 0 ? cut + extent : cut, extent));
        sizes.add(end - start);
        start = end;
      }
      sizes.add(extent - start);
    } else {
      long count = a.integer(1);
      checkCount(count);
      for (long i = 0; i < count; i++) {
        sizes.add(extent / count + (i < extent % count ? 1 : 0));
      }
    }
    return parts(x, at, sizes);
  }

  /** A number is the size of each part, a list has the size of every part. */
  static Object split(Arguments a) {
    Value x = a.tensor(0);
    int at = MoveOps.axis(a.integer(2, "dim", 0), x.rank());
    return a.get(1) instanceof List<?>
        ? parts(x, at, a.integers(1, "sizes"))
        : parts(x, at, a.integer(1));
  }

  private static Object unbind(Arguments a) {
    Value x = a.tensor(0);
    int at = MoveOps.axis(a.integer(1, "dim", 0), x.rank());
    checkCount(x.extent(at));
    List<@Nullable Object> rows = new ArrayList<>();
    List<Long> shape = new ArrayList<>(x.shape());
    shape.remove(at);
    for (long i = 0; i < x.extent(at); i++) {
      rows.add(Known.select(x, at, i, shape));
    }
    return rows;
  }
}
