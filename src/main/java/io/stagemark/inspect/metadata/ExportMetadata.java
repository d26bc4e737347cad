package io.stagemark.inspect.metadata;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an exporter wrote into the file: ONNX's {@code metadata_props}, or {@code extra/config.txt}
 * of a TorchScript archive. The keys are those of Ultralytics and YOLOv5; other exporters write
 * few.
 *
 * @param entries everything, as text, in the file's order
 * @param exporter such as {@code Ultralytics 8.3.205}; {@code YOLOv5} where only its two keys are
 * @param names of the classes, in order
 * @param imgsz height and width in pixels
 * @param stride the largest stride of the network
 * @param task such as {@code detect}, {@code segment}, {@code pose}, {@code obb}, {@code classify}
 * @param licence as the exporter states it
 * @param description such as {@code Ultralytics YOLO11n model trained on coco.yaml}
 * @param selectsInside whether the exporter says that boxes are selected inside the graph ({@code
 *     nms=True}, or a network without suppression); absent where it says neither
 * @param keypoints number of key points and of values of each
 * @param channels of the image
 * @param notes entries that were not understood, and why
 */
public record ExportMetadata(
    Map<String, String> entries,
    Optional<String> exporter,
    Optional<List<String>> names,
    Optional<List<Integer>> imgsz,
    OptionalInt stride,
    Optional<String> task,
    Optional<String> licence,
    String description,
    Optional<Boolean> selectsInside,
    Optional<List<Integer>> keypoints,
    OptionalInt channels,
    List<String> notes) {
  private static final Set<String> LITERALS =
      Set.of("names", "imgsz", "stride", "kpt_shape", "args", "end2end", "channels", "batch");

  private static final int MAX_SIDE_PX = 1 << 16;

  public ExportMetadata {
    entries = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    notes = List.copyOf(notes);
  }

  /** Returns whether Ultralytics' exporter wrote the file. */
  public boolean isUltralytics() {
    return exporter.filter(name -> name.startsWith("Ultralytics")).isPresent();
  }

  /** Returns whether the exporter calls the network an RT-DETR. */
  public boolean isRtDetr() {
    return description.toLowerCase(java.util.Locale.ROOT).matches(".*rt-?detr.*");
  }

  /** Returns whether the exporter states this task. */
  public boolean isTask(String name) {
    return task.filter(name::equals).isPresent();
  }

  /**
   * Reads metadata.
   *
   * @param values as the file has them: texts, which are Python literals under the keys that are
   *     read, or plain data
   * @param file shown in problems
   * @throws BadInputException if an exporter that always writes a key wrote something else there
   */
  public static ExportMetadata of(Map<String, ? extends @Nullable Object> values, String file)
      throws BadInputException {
    return new MetadataReader(values, file, exporter(values)).read();
  }

  private static Optional<String> exporter(Map<String, ? extends @Nullable Object> values) {
    if ("Ultralytics".equals(values.get("author"))) {
      Object version = values.get("version");
      return Optional.of("Ultralytics" + (version == null ? "" : " " + version));
    }
    return values.containsKey("stride") && values.containsKey("names")
        ? Optional.of("YOLOv5")
        : Optional.empty();
  }

  /** Reads the values of one file. */
  private static final class MetadataReader {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final Map<String, String> entries = new LinkedHashMap<>();
    private final String file;
    private final Optional<String> exporter;
    private final List<String> notes = new java.util.ArrayList<>();

    MetadataReader(
        Map<String, ? extends @Nullable Object> raw, String file, Optional<String> exporter)
        throws BadInputException {
      this.file = file;
      this.exporter = exporter;
      for (Map.Entry<String, ? extends @Nullable Object> entry : raw.entrySet()) {
        entries.put(entry.getKey(), String.valueOf(entry.getValue()));
        values.put(entry.getKey(), plain(entry.getKey(), entry.getValue()));
      }
    }

    private @Nullable Object plain(String key, @Nullable Object value) throws BadInputException {
      if (!LITERALS.contains(key) || !(value instanceof String text)) {
        return value;
      }
      try {
        return PythonLiteral.parse(text);
      } catch (LiteralFault e) {
        refuse(key, e.text());
        return null;
      }
    }

    ExportMetadata read() throws BadInputException {
      Optional<List<String>> names = names();
      Optional<List<Integer>> imgsz = sides();
      Object args = values.get("args");
      Object nms = args instanceof Map<?, ?> map ? map.get("nms") : null;
      Object endToEnd = values.get("end2end");
      boolean known = nms != null || endToEnd != null;
      boolean inside = PlainData.isTrue(nms) || PlainData.isTrue(endToEnd);
      return new ExportMetadata(
          entries,
          exporter,
          names,
          imgsz,
          positive("stride"),
          text("task"),
          text("license"),
          text("description").orElse(""),
          known ? Optional.of(inside) : Optional.empty(),
          PlainData.integers(values.get("kpt_shape")).filter(pair -> pair.size() == 2),
          positive("channels"),
          notes);
    }

    private Optional<List<String>> names() throws BadInputException {
      Optional<List<String>> names = PlainData.names(values.get("names"));
      if (names.isEmpty() && values.get("names") != null) {
        refuse("names", "no list of names and no map from 0, 1, … to names");
      }
      return names;
    }

    /** One number is both sides. */
    private Optional<List<Integer>> sides() throws BadInputException {
      Object value = values.get("imgsz");
      Optional<List<Integer>> found =
          PlainData.integers(value)
              .map(sides -> sides.size() == 1 ? List.of(sides.get(0), sides.get(0)) : sides)
              .filter(sides -> sides.size() == 2)
              .filter(sides -> sides.stream().allMatch(side -> side > 0 && side <= MAX_SIDE_PX));
      if (found.isEmpty() && value != null) {
        refuse("imgsz", "no height and width in [1, %d]".formatted(MAX_SIDE_PX));
      }
      return found;
    }

    private OptionalInt positive(String key) {
      OptionalInt found =
          PlainData.integers(values.get(key))
              .map(all -> all.stream().mapToInt(Integer::intValue).max())
              .orElse(OptionalInt.empty());
      return found.orElse(0) > 0 ? found : OptionalInt.empty();
    }

    private Optional<String> text(String key) {
      Object value = values.get(key);
      return value instanceof String text && !text.isBlank()
          ? Optional.of(text.strip())
          : Optional.empty();
    }

    /** A stranger's key may hold anything; an exporter that is known writes what is known. */
    private void refuse(String key, String found) throws BadInputException {
      if (exporter.isPresent()) {
        throw new BadInputException(
            new Problem(
                file + ": metadata '" + key + "'",
                found,
                "what %s writes there, such as %s".formatted(exporter.get(), example(key)),
                "export the model again, or remove the key from its metadata"));
      }
      notes.add("metadata '%s' is not used: %s".formatted(key, found));
    }

    private static String example(String key) {
      return switch (key) {
        case "names" -> "{0: 'person', 1: 'bicycle'}";
        case "imgsz" -> "[640, 640]";
        case "kpt_shape" -> "[17, 3]";
        case "args" -> "{'batch': 1, 'nms': False}";
        case "end2end" -> "False";
        case "channels" -> "3";
        default -> "32";
      };
    }
  }
}
