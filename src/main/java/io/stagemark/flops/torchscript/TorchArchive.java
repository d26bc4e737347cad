package io.stagemark.flops.torchscript;

import io.stagemark.data.InflationLimit;
import io.stagemark.flops.onnx.Numbers;
import io.stagemark.flops.onnx.OnnxType;
import io.stagemark.flops.onnx.ShapeTape;
import io.stagemark.flops.onnx.Value;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A TorchScript archive: a zip of code, pickles and the bytes of tensors. Nothing in it is run, and
 * no tensor is loaded: its size is checked against the entry that holds it.
 */
final class TorchArchive implements AutoCloseable {
  /** Code or pickles larger than this are no model's. */
  private static final long LARGEST_TEXT = 64L << 20;

  /** Tensors of at most so many elements may be sizes. */
  private static final long SMALL = 64;

  private static final int MOST_ENTRIES = 1 << 20;

  private final ZipFile zip;
  private final String root;
  private final ShapeTape tape;
  private final InflationLimit inflation;
  private final Map<String, Optional<ScriptUnit>> units = new HashMap<>();
  private long textLeft = LARGEST_TEXT;

  private TorchArchive(ZipFile zip, String root, ShapeTape tape) {
    this.inflation = new InflationLimit(new File(zip.getName()).length());
    this.zip = zip;
    this.root = root;
    this.tape = tape;
  }

  /**
   * Opens an archive.
   *
   * @param tape that the tensors become constants of
   * @throws ScriptFault if it is no TorchScript archive
   */
  static TorchArchive open(Path file, ShapeTape tape) throws IOException {
    ZipFile zip = new ZipFile(file.toFile());
    try {
      if (zip.size() > MOST_ENTRIES) {
        throw new ScriptFault("", zip.size() + " entries in one archive");
      }
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        String name = entries.nextElement().getName();
        if (name.endsWith("/data.pkl") && name.indexOf('/') == name.lastIndexOf('/')) {
          return new TorchArchive(zip, name.substring(0, name.indexOf('/') + 1), tape);
        }
      }
      throw new ScriptFault("", "a zip without data.pkl: no TorchScript archive");
    } catch (ScriptFault e) {
      zip.close();
      throw e;
    }
  }

  /** Returns the model, everything below it named. */
  ScriptObject model() throws IOException {
    if (restore("data.pkl", "data/") instanceof ScriptObject model) {
      model.name();
      return model;
    }
    throw new ScriptFault("data.pkl", "no module in it");
  }

  /** Returns what the code calls {@code CONSTANTS.c0}, {@code .c1} and so on. */
  List<@Nullable Object> constants() throws IOException {
    if (zip.getEntry(root + "constants.pkl") == null) {
      return List.of();
    }
    return restore("constants.pkl", "constants/") instanceof ScriptTuple tuple
        ? tuple.items()
        : List.of();
  }

  private @Nullable Object restore(String pickle, String storages) throws IOException {
    return Unpickler.restore(read(pickle), pickle, new TensorRestorer(storages));
  }

  /**
   * Returns the code of a module such as {@code __torch__.torch.nn.functional}, if there is any.
   */
  Optional<ScriptUnit> unit(String module) throws IOException {
    Optional<ScriptUnit> known = units.get(module);
    if (known == null) {
      String path = "code/" + module.replace('.', '/') + ".py";
      known =
          zip.getEntry(root + path) == null
              ? Optional.empty()
              : Optional.of(Parser.parse(new String(read(path), StandardCharsets.UTF_8), path));
      units.put(module, known);
    }
    return known;
  }

  private byte[] read(String name) throws IOException {
    ZipEntry entry = zip.getEntry(root + name);
    if (entry == null) {
      throw new ScriptFault(name, "not in the archive");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) textLeft + 1);
      if (bytes.length > textLeft) {
        throw new ScriptFault(
            name, "code and pickles of more than %d MiB".formatted(LARGEST_TEXT >> 20));
      }
      textLeft -= bytes.length;
      return bytes;
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /**
   * The bytes behind tensors.
   *
   * @param entry where they are
   * @param type of the elements
   * @param elements how many
   */
  private record Storage(String entry, OnnxType type, long elements) {}

  /** Makes tensors of storages, and values of the other callables that torch.jit.save writes. */
  private final class TensorRestorer implements Unpickler.Restorer {
    private final String folder;
    private final Map<String, Long> zeros = new LinkedHashMap<>();

    private TensorRestorer(String folder) {
      this.folder = folder;
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
          && tuple.items().get(1) instanceof Unpickler.Global type
          && tuple.items().get(4) instanceof Long elements) {
        String entry = folder + tuple.items().get(2);
        return new Storage(entry, DType.storage(type.name()), elements);
      }
      throw new ScriptFault(folder, "an unknown kind of storage");
    }

    /** (storage, offset, size, stride, …). */
    private Value tensor(List<@Nullable Object> arguments) {
      if (!(arguments.get(0) instanceof Storage storage)
          || !(arguments.get(2) instanceof ScriptTuple size)) {
        throw new ScriptFault(folder, "a tensor without a storage");
      }
      List<Long> shape = new ArrayList<>();
      for (Object extent : size.items()) {
        if (!(extent instanceof Long whole) || whole < 0) {
          throw new ScriptFault(storage.entry(), "a tensor of size " + size.items());
        }
        shape.add(whole);
      }
      long zero = checked(storage);
      checkReach(storage, arguments, shape);
      return tape.constant(storage.entry(), storage.type(), shape, zero, small(storage, shape));
    }

    /** The last element must lie in the storage; a stride of 0 repeats, as expand does. */
    private void checkReach(Storage storage, List<@Nullable Object> arguments, List<Long> shape) {
      if (shape.contains(0L)
          || !(arguments.get(1) instanceof Long offset)
          || !(arguments.get(3) instanceof ScriptTuple strides)
          || strides.items().size() != shape.size()) {
        return; // a quantised tensor has its scale there
      }
      long last = offset;
      for (int i = 0; i < shape.size(); i++) {
        long stride = strides.items().get(i) instanceof Long whole ? whole : 0;
        last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, stride));
      }
      if (last < 0 || last >= storage.elements()) {
        throw new ScriptFault(
            storage.entry(),
            "a tensor of %s that reaches element %d of %d"
                .formatted(shape, last, storage.elements()));
      }
    }

    /** Sizes and factors are kept as small tensors of their own. */
    private @Nullable Numbers small(Storage storage, List<Long> shape) {
      long elements = shape.stream().reduce(1L, Math::multiplyExact);
      if (elements != storage.elements() || elements > SMALL) {
        return null;
      }
      try (InputStream in = zip.getInputStream(zip.getEntry(root + storage.entry()))) {
        return ShapeTape.numbers(in.readAllBytes(), storage.type());
      } catch (IOException e) {
        throw new ScriptFault(storage.entry(), "unreadable: " + e.getMessage());
      }
    }

    /** A storage must be as long as it claims; returns how many of its elements are zero. */
    private long checked(Storage storage) {
      return zeros.computeIfAbsent(storage.entry(), name -> scan(storage));
    }

    private long scan(Storage storage) {
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
      try (InputStream in = zip.getInputStream(entry)) {
        return Zeros.count(in, storage.type());
      } catch (IOException e) {
        throw new ScriptFault(storage.entry(), "unreadable: " + e.getMessage());
      }
    }
  }
}
