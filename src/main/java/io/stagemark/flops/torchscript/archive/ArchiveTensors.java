package io.stagemark.flops.torchscript.archive;

import io.stagemark.data.InflationLimit;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.onnx.walk.ShapeTape;
import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.value.DType;
import io.stagemark.flops.torchscript.value.Known;
import io.stagemark.flops.torchscript.value.ScriptObject;
import io.stagemark.flops.torchscript.value.ScriptTuple;
import io.stagemark.flops.torchscript.value.ScriptValues;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tensors of one pickle. The pickle is read twice: first to learn which parts of each
 * storage tensors reach, then to make them. Tensors that share elements (tied weights, views of one
 * buffer) are parts of one constant, so that each element is counted once.
 */
final class ArchiveTensors implements Unpickler.Restorer {
  /** Tensors of at most so many elements may be sizes. */
  private static final long MAX_SIZES = 64;

  private final ZipFile zip;
  private final String root;
  private final String folder;
  private final ShapeTape tape;
  private final InflationLimit inflation;
  private final Map<String, List<StorageSpan>> spans = new LinkedHashMap<>();
  private final Map<String, Storage> storages = new LinkedHashMap<>();
  private final Map<String, List<Value>> constants = new LinkedHashMap<>();
  private boolean gathering = true;

  /**
   * Makes a reader of tensors.
   *
   * @param root the archive's first folder
   * @param folder of the storages, such as {@code data/}
   */
  ArchiveTensors(ZipFile zip, String root, String folder, ShapeTape tape) {
    this.zip = zip;
    this.root = root;
    this.folder = folder;
    this.tape = tape;
    this.inflation = new InflationLimit(new File(zip.getName()).length());
  }

  /**
   * The bytes behind tensors.
   *
   * @param entry where they are
   * @param type of the elements
   * @param elements how many
   */
  private record Storage(String entry, OnnxType type, long elements) {}

  /** Makes the constants of what was gathered; the next reading of the pickle gets its tensors. */
  void gathered() {
    gathering = false;
    for (Storage storage : storages.values()) {
      List<StorageSpan> joined = StorageSpan.joined(spans.getOrDefault(storage.entry(), List.of()));
      spans.put(storage.entry(), joined);
      long[] zeros = scan(storage, joined);
      List<Value> made = new ArrayList<>();
      for (int i = 0; i < joined.size(); i++) {
        long elements = joined.get(i).elements();
        long zero = Math.min(zeros[i], elements);
        made.add(tape.constant(storage.entry(), storage.type(), List.of(elements), zero, null));
      }
      constants.put(storage.entry(), made);
    }
  }

  @Override
  public @Nullable Object call(String function, List<@Nullable Object> arguments) {
    String name = function.substring(function.lastIndexOf('.') + 1);
    return switch (name) {
      case "_rebuild_tensor_v2", "_rebuild_tensor", "_rebuild_qtensor" -> tensor(arguments);
      case "_rebuild_parameter",
          "build_intlist",
          "build_tensorlist",
          "build_doublelist",
          "build_boollist",
          "restore_type_tag" ->
          arguments.get(0);
      case "OrderedDict" -> new LinkedHashMap<@Nullable Object, @Nullable Object>();
      default -> new ScriptObject(function);
    };
  }

  /** ("storage", type, key, device, elements). */
  @Override
  public Object load(@Nullable Object id) {
    if (id instanceof ScriptTuple tuple
        && tuple.items().size() >= 5
        && tuple.items().get(1) instanceof Unpickler.GlobalName type
        && tuple.items().get(4) instanceof Long elements) {
      String entry = folder + tuple.items().get(2);
      Storage storage = new Storage(entry, DType.storage(type.name()), elements);
      Storage before = storages.putIfAbsent(entry, storage);
      if (before == null) {
        checkSize(storage);
      } else if (!before.equals(storage)) {
        throw new ScriptFault(entry, "%s and %s in one storage".formatted(before, storage));
      }
      return storage;
    }
    throw new ScriptFault(folder, "an unknown kind of storage");
  }

  /** (storage, offset, size, stride, …). */
  private Value tensor(List<@Nullable Object> arguments) {
    if (!(arguments.get(0) instanceof Storage storage)
        || !(arguments.get(2) instanceof ScriptTuple size)
        || !(arguments.get(3) instanceof ScriptTuple stride)
        || !(arguments.get(1) instanceof Long offset)) {
      throw new ScriptFault(folder, "a tensor without a storage");
    }
    List<Long> shape = extents(storage, size);
    List<Long> strides = extents(storage, stride);
    StorageSpan span = span(storage, offset, shape, strides);
    if (gathering) {
      if (span.elements() > 0) {
        spans.computeIfAbsent(storage.entry(), name -> new ArrayList<>()).add(span);
      }
      return Value.of(storage.type(), shape);
    }
    Value value = Value.of(storage.type(), shape, sizes(storage, offset, shape, strides));
    List<StorageSpan> joined = spans.getOrDefault(storage.entry(), List.of());
    for (int i = 0; i < joined.size(); i++) {
      if (joined.get(i).contains(span) && span.elements() > 0) {
        List<Value> made = constants.getOrDefault(storage.entry(), List.of());
        return value.like(made.get(i));
      }
    }
    return value;
  }

  private static List<Long> extents(Storage storage, ScriptTuple size) {
    List<Long> extents = new ArrayList<>();
    for (Object extent : size.items()) {
      if (!(extent instanceof Long whole) || whole < 0) {
        throw new ScriptFault(
            storage.entry(), "a tensor with the extent " + ScriptValues.shown(extent));
      }
      extents.add(whole);
    }
    return extents;
  }

  /** The last element must be in the storage; a stride of 0 repeats, as expand does. */
  private static StorageSpan span(
      Storage storage, long offset, List<Long> shape, List<Long> strides) {
    if (strides.size() != shape.size()) {
      throw new ScriptFault(
          storage.entry(), "a tensor of %s with the strides %s".formatted(shape, strides));
    }
    if (shape.contains(0L)) {
      return new StorageSpan(offset, offset, 0);
    }
    long last = offset;
    long elements = 1;
    for (int i = 0; i < shape.size(); i++) {
      last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, strides.get(i)));
      elements = Math.multiplyExact(elements, strides.get(i) == 0 ? 1 : shape.get(i));
    }
    if (offset < 0 || last >= storage.elements()) {
      throw new ScriptFault(
          storage.entry(),
          "a tensor of %s that reaches element %d of %d"
              .formatted(shape, last, storage.elements()));
    }
    return new StorageSpan(offset, last, Math.min(elements, last - offset + 1));
  }

  /** Sizes and factors are kept as small tensors of their own. */
  private @Nullable Numbers sizes(
      Storage storage, long offset, List<Long> shape, List<Long> strides) {
    if (storage.elements() > MAX_SIZES || shape.stream().reduce(1L, (a, b) -> a * b) > MAX_SIZES) {
      return null;
    }
    try (InputStream in = zip.getInputStream(zip.getEntry(root + storage.entry()))) {
      Numbers all = ShapeTape.numbers(in.readAllBytes(), storage.type());
      int count = (int) (long) shape.stream().reduce(1L, (a, b) -> a * b);
      return all == null ? null : Known.pick(all, count, i -> position(i, offset, shape, strides));
    } catch (IOException e) {
      throw new ScriptFault(storage.entry(), "unreadable: " + e.getMessage());
    }
  }

  private static int position(int element, long offset, List<Long> shape, List<Long> strides) {
    long at = offset;
    long rest = element;
    for (int axis = shape.size() - 1; axis >= 0; axis--) {
      at += rest % shape.get(axis) * strides.get(axis);
      rest /= shape.get(axis);
    }
    return (int) at;
  }

  /** A storage must be as long as it claims. */
  private void checkSize(Storage storage) {
    ZipEntry entry = zip.getEntry(root + storage.entry());
    long claimed = storage.type().bytes(storage.elements());
    if (entry == null || entry.getSize() != claimed) {
      throw new ScriptFault(
          storage.entry(),
          entry == null
              ? "not in the archive"
              : "%d bytes where %d are claimed".formatted(entry.getSize(), claimed));
    }
    if (!inflation.take(claimed)) {
      throw new ScriptFault(storage.entry(), inflation.exceeded());
    }
  }

  private long[] scan(Storage storage, List<StorageSpan> parts) {
    try (InputStream in = zip.getInputStream(zip.getEntry(root + storage.entry()))) {
      return Zeros.count(in, storage.type(), parts);
    } catch (IOException e) {
      throw new ScriptFault(storage.entry(), "unreadable: " + e.getMessage());
    }
  }
}
