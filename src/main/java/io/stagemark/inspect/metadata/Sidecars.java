package io.stagemark.inspect.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.data.TextFault;
import io.stagemark.data.TextFile;
import io.stagemark.inspect.fact.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is stored next to a model: Hugging Face's {@code config.json} and {@code
 * preprocessor_config.json}, and lists of class names ({@code labels.txt}, {@code classes.txt},
 * {@code *.names}). A file that cannot be used is a note: it may belong to something else.
 *
 * @param names of classes, each list from one file: the one that fits the head is used
 * @param imageSize height and width in pixels, of {@code config.json}
 * @param architectures of {@code config.json}
 * @param preprocessor of {@code preprocessor_config.json}
 * @param notes files that are not used, and why
 */
public record Sidecars(
    List<Fact<List<String>>> names,
    Optional<Fact<List<Integer>>> imageSize,
    List<String> architectures,
    Optional<ImageProcessor> preprocessor,
    List<String> notes) {
  private static final long MAX_BYTES = 4L << 20;
  private static final int MAX_FILES = 2000;
  private static final int MAX_LISTS = 8;
  private static final String CONFIG = "config.json";
  private static final String PREPROCESSOR = "preprocessor_config.json";

  /** Nothing is stored next to the model. */
  public static final Sidecars NONE =
      new Sidecars(List.of(), Optional.empty(), List.of(), Optional.empty(), List.of());

  public Sidecars {
    names = List.copyOf(names);
    architectures = List.copyOf(architectures);
    notes = List.copyOf(notes);
  }

  /** Reads the folder of a model; no other folder. */
  public static Sidecars of(Path model) {
    Path folder = model.toAbsolutePath().getParent();
    return folder == null ? NONE : new FolderReader(folder).read();
  }

  /** Reads one folder. */
  private static final class FolderReader {
    private final Path folder;
    private final List<String> notes = new ArrayList<>();
    private final List<Fact<List<String>>> names = new ArrayList<>();

    FolderReader(Path folder) {
      this.folder = folder;
    }

    Sidecars read() {
      Map<?, ?> config = json(CONFIG);
      PlainData.names(config.get("id2label"))
          .ifPresent(found -> names.add(Fact.stated(found, CONFIG + " id2label")));
      lists().forEach(this::readList);
      List<String> architectures = new ArrayList<>();
      if (config.get("architectures") instanceof List<?> list) {
        list.forEach(item -> architectures.add(String.valueOf(item)));
      }
      Map<?, ?> processor = json(PREPROCESSOR);
      return new Sidecars(
          names,
          ImageProcessor.size(config.get("image_size"))
              .map(size -> Fact.stated(size, CONFIG + " image_size")),
          architectures,
          processor.isEmpty() ? Optional.empty() : ImageProcessor.of(processor),
          notes);
    }

    /** Returns the object in a file; an empty one where there is no such file, or no object. */
    private Map<?, ?> json(String name) {
      if (!Files.exists(folder.resolve(name))) {
        return Map.of();
      }
      try {
        String text = TextFile.read(folder.resolve(name), MAX_BYTES);
        Object value = new ObjectMapper().readValue(text, Object.class);
        if (value instanceof Map<?, ?> map) {
          return map;
        }
        notes.add("%s is not used: no JSON object".formatted(name));
      } catch (TextFault e) {
        notes.add("%s is not used: %s".formatted(e.where(name), e.found()));
      } catch (JsonProcessingException e) {
        notes.add(
            "%s:%d is not used: no JSON"
                .formatted(name, e.getLocation() == null ? 1 : e.getLocation().getLineNr()));
      }
      return Map.of();
    }

    private List<Path> lists() {
      try (Stream<Path> files = Files.list(folder)) {
        return files
            .limit(MAX_FILES)
            .filter(file -> isList(String.valueOf(file.getFileName())))
            .sorted()
            .limit(MAX_LISTS)
            .toList();
      } catch (IOException | java.io.UncheckedIOException e) {
        notes.add("the model's folder cannot be listed");
        return List.of();
      }
    }

    private static boolean isList(String name) {
      return name.equals("labels.txt") || name.equals("classes.txt") || name.endsWith(".names");
    }

    /** One name a line; lines at the end that are empty are no names. */
    private void readList(Path file) {
      String name = String.valueOf(file.getFileName());
      try {
        List<String> lines = TextFile.read(file, MAX_BYTES).stripTrailing().lines().toList();
        if (lines.isEmpty() || lines.stream().anyMatch(String::isBlank)) {
          notes.add("%s is not used: an empty line in place of a name".formatted(name));
        } else {
          names.add(Fact.stated(lines.stream().map(String::strip).toList(), name));
        }
      } catch (TextFault e) {
        notes.add("%s is not used: %s".formatted(e.where(name), e.found()));
      }
    }
  }

  /**
   * Returns the names of so many classes.
   *
   * @param classes of the head
   */
  public Optional<Fact<List<String>>> namesOf(int classes) {
    return names.stream().filter(list -> list.value().size() == classes).findFirst();
  }

  /** Returns whether the architecture that {@code config.json} names ends so. */
  public boolean isFor(String ending) {
    return architectures.stream().anyMatch(name -> name.endsWith(ending));
  }

  /**
   * What Hugging Face's image processors do to an image.
   *
   * @param size height and width after the resize; one number: the shorter side
   * @param crop height and width of the centre that is cut out; absent: nothing is cut out
   * @param rescale factor on 0..255; absent: not rescaled
   * @param mean by channel, after the factor; empty: not normalised
   * @param std by channel
   * @param resample Pillow's number of the filter: 2 is bilinear, 3 bicubic; absent: not stated
   */
  public record ImageProcessor(
      Optional<List<Integer>> size,
      Optional<List<Integer>> crop,
      Optional<Double> rescale,
      List<Double> mean,
      List<Double> std,
      Optional<Integer> resample) {
    public ImageProcessor {
      mean = List.copyOf(mean);
      std = List.copyOf(std);
    }

    /** Takes the keys of image processors; empty where none of them is there. */
    static Optional<ImageProcessor> of(Map<?, ?> keys) {
      boolean resizes = isNotFalse(keys, "do_resize") && keys.containsKey("size");
      boolean crops = isNotFalse(keys, "do_center_crop") && keys.containsKey("crop_size");
      boolean rescales = isNotFalse(keys, "do_rescale");
      boolean normalises = isNotFalse(keys, "do_normalize");
      Optional<List<Double>> mean = PlainData.reals(keys.get("image_mean"));
      Optional<List<Double>> std =
          PlainData.reals(keys.get("image_std")).filter(all -> !all.contains(0.0));
      if (!resizes && mean.isEmpty() && !keys.containsKey("rescale_factor")) {
        return Optional.empty();
      }
      double factor =
          PlainData.reals(keys.get("rescale_factor")).map(all -> all.get(0)).orElse(1.0 / 255);
      boolean both = normalises && mean.isPresent() && std.isPresent();
      return Optional.of(
          new ImageProcessor(
              resizes ? size(keys.get("size")) : Optional.empty(),
              crops ? size(keys.get("crop_size")) : Optional.empty(),
              rescales ? Optional.of(factor) : Optional.empty(),
              both ? mean.orElseThrow() : List.of(),
              both ? std.orElseThrow() : List.of(),
              PlainData.integers(keys.get("resample")).map(all -> all.get(0))));
    }

    private static boolean isNotFalse(Map<?, ?> keys, String key) {
      return !Boolean.FALSE.equals(keys.get(key));
    }

    /** A number, a list of two, or a map with height and width, or with shortest_edge. */
    static Optional<List<Integer>> size(@Nullable Object value) {
      Optional<List<Integer>> found;
      if (value instanceof Map<?, ?> map) {
        Optional<List<Integer>> height = PlainData.integers(map.get("height"));
        Optional<List<Integer>> width = PlainData.integers(map.get("width"));
        found =
            height.isPresent() && width.isPresent()
                ? Optional.of(List.of(height.get().get(0), width.get().get(0)))
                : PlainData.integers(map.get("shortest_edge"));
      } else {
        found = PlainData.integers(value);
      }
      return found.filter(all -> all.size() <= 2 && all.stream().allMatch(side -> side > 0));
    }
  }
}
