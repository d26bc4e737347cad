package io.stagemark.flops.onnx.value;

import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the constants of one model: their shapes, small contents, and the count of zeros. */
public final class Tensors {
  private final Path folder;
  private final List<Origin> initializers = new ArrayList<>();
  private final Set<String> missing = new LinkedHashSet<>();

  /**
   * @param folder that must contain external data
   */
  public Tensors(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads a constant.
   *
   * @param initializer true for an initializer, false for a constant that a node makes
   * @throws GraphFault if the data is not as long as type and shape say
   */
  public Value read(TensorProto tensor, String name, boolean initializer) {
    OnnxType type = OnnxType.of(tensor.getDataType());
    List<Long> shape = tensor.getDimsList();
    for (long extent : shape) {
      if (extent < 0) {
        throw fault(name, "a negative extent in " + shape, "extents of at least 0");
      }
    }
    long elements;
    long bytes;
    try {
      elements = Shapes.product(shape);
      bytes = type.bytes(elements);
    } catch (ArithmeticException e) {
      throw fault(name, "shape %s, more than 2^63 elements".formatted(shape), "a tensor");
    }
    if (type == OnnxType.STRING) {
      return Value.of(type, shape);
    }
    if (type == OnnxType.UNDEFINED) {
      throw fault(name, "element type " + tensor.getDataType(), "a type of ONNX 1.19 or older");
    }
    if (isMissing(tensor, name)) {
      return Value.of(type, shape).from(origin(new Origin(name, type, elements, 0, initializer)));
    }
    ByteBuffer data = data(tensor, name, type, elements, bytes);
    Numbers numbers = elements <= Numbers.LIMIT ? Decoder.numbers(data, type, elements) : null;
    long zeros = Decoder.zeros(data, type, elements);
    Origin origin = origin(new Origin(name, type, elements, zeros, initializer));
    return Value.of(type, shape, numbers).from(origin);
  }

  /**
   * Reads a sparse constant: the elements that are not stored are zeros.
   *
   * @throws GraphFault if it stores more than there is room for
   */
  public Value read(SparseTensorProto sparse, boolean initializer) {
    TensorProto values = sparse.getValues();
    String name = values.getName();
    OnnxType type = OnnxType.of(values.getDataType());
    Value stored = read(values, name, false);
    List<Long> shape = sparse.getDimsList();
    Value dense = Value.of(type, shape);
    long held = stored.elementCount();
    if (shape.stream().anyMatch(extent -> extent < 0) || held > dense.elementCount()) {
      throw fault(name, "%d stored elements in %s".formatted(held, shape), "no more than fit");
    }
    Origin of = stored.origin();
    long zeros = dense.elementCount() - held + (of == null ? 0 : of.zeros());
    return dense.from(origin(new Origin(name, type, dense.elementCount(), zeros, initializer)));
  }

  private Origin origin(Origin origin) {
    if (origin.isInitializer()) {
      initializers.add(origin);
      return origin;
    }
    return origin.literal();
  }

  /** Returns sentences on the files of weights that are not there. */
  public List<String> missing() {
    return missing.stream()
        .map("no file '%s' next to the model: its weights are counted by their shapes"::formatted)
        .toList();
  }

  /** Shapes are in the model; without the file of weights only their zeros are not known. */
  private boolean isMissing(TensorProto tensor, String name) {
    if (tensor.getDataLocation() != TensorProto.DataLocation.EXTERNAL) {
      return false;
    }
    String location = entries(tensor).get("location");
    Path file = inside(location, name);
    boolean absent = Files.notExists(file);
    if (absent) {
      missing.add(String.valueOf(location));
    }
    return absent;
  }

  private static Map<String, String> entries(TensorProto tensor) {
    Map<String, String> entries = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      entries.put(entry.getKey(), entry.getValue());
    }
    return entries;
  }

  /** Returns the initializers that were read, whether or not a node reads them. */
  public List<Origin> initializers() {
    return initializers;
  }

  private ByteBuffer data(
      TensorProto tensor, String name, OnnxType type, long elements, long bytes) {
    ByteBuffer data;
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      data = external(tensor, name, bytes);
    } else if (tensor.hasRawData()) {
      data = tensor.getRawData().asReadOnlyByteBuffer();
    } else {
      data = TypedData.pack(tensor, type);
    }
    if (data.remaining() != bytes) {
      throw fault(
          name,
          "%s%s with %d bytes of data".formatted(type, tensor.getDimsList(), data.remaining()),
          "%d elements in %d bytes".formatted(elements, bytes));
    }
    return data.order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer external(TensorProto tensor, String name, long bytes) {
    Map<String, String> entries = entries(tensor);
    Path file = inside(entries.get("location"), name);
    long offset = whole(entries.getOrDefault("offset", "0"), name);
    long length = whole(entries.getOrDefault("length", Long.toString(bytes)), name);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (offset > channel.size() || length > channel.size() - offset) {
        throw fault(
            name,
            "bytes %d to %d of %s, which has %d"
                .formatted(offset, offset + length, file.getFileName(), channel.size()),
            "external data that the file holds");
      }
      if (length > Integer.MAX_VALUE) {
        throw fault(name, length + " bytes in one tensor", "at most 2 GiB a tensor");
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path inside(@Nullable String location, String name) {
    if (location == null) {
      throw fault(name, "external data without a location", "the name of a file");
    }
    try {
      Path file = folder.resolve(location).normalize();
      if (Path.of(location).isAbsolute() || !file.startsWith(folder.normalize())) {
        throw outside(name, location);
      }
      if (Files.notExists(file)) {
        return file;
      }
      if (!Files.isRegularFile(file)) {
        throw fault(name, "'%s' is no file".formatted(location), "its external data");
      }
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw outside(name, location); // a link that leads out
      }
      return file;
    } catch (InvalidPathException e) {
      throw outside(name, location);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GraphFault outside(String name, String location) {
    return fault(
        name,
        "external data at '%s'".formatted(location),
        "a relative path inside the model's folder");
  }

  private static long whole(String text, String name) {
    try {
      long value = Long.parseLong(text.strip());
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw fault(name, "external data at '%s'".formatted(text), "a whole number of bytes");
  }

  private static GraphFault fault(String name, String found, String expected) {
    return new GraphFault(
        "tensor '" + name + "'", found, expected, "is the file complete? compare its SHA-256");
  }
}
