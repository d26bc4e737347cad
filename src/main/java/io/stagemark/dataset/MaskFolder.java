package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Truth;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Images with a class for each pixel: a mask of the same stem in another folder, {@code street.jpg}
 * and {@code street.png}.
 */
final class MaskFolder {
  private static final int IHDR_BYTES = 26;
  private static final int DEPTH_AT = 24;
  private static final String EXPECTED = "an 8-bit grey PNG of the image's size, a class a pixel";

  private MaskFolder() {}

  /** Returns the images in the order of their names. */
  static List<Example> read(DatasetSettings settings) throws BadInputException {
    FoundProblems problems = new FoundProblems();
    Path masks = settings.truth().orElseThrow();
    List<Example> examples = new ArrayList<>();
    for (Path file :
        ImageFolder.files(settings.path(), problems).stream()
            .limit(settings.limit().orElse(Integer.MAX_VALUE))
            .toList()) {
      String name = String.valueOf(file.getFileName());
      Path mask = masks.resolve(name.replaceFirst("\\.[^.]*$", "") + ".png");
      ImageFolder.check(file, problems);
      fault(mask)
          .or(() -> otherSize(file, mask))
          .ifPresent(
              fault ->
                  problems.add(
                      mask.toString(),
                      fault,
                      EXPECTED + ", for " + name,
                      "in Python: PIL.Image.fromarray(mask.astype('uint8')).save(path)"));
      examples.add(new Example(name, file, List.of(), new Truth.Mask(mask)));
    }
    problems.throwIfAny(settings.path().toString());
    return examples;
  }

  private static Optional<String> otherSize(Path image, Path mask) {
    Optional<ImageSize> size = ImageSize.of(image);
    return ImageSize.of(mask)
        .filter(own -> size.isPresent() && !own.agreesWith(size.get()))
        .map(own -> "a mask of %s for an image of %s".formatted(own, size.orElseThrow()));
  }

  /** Colours and palettes would be turned into brightness by a decoder: another class. */
  private static Optional<String> fault(Path mask) {
    Optional<String> file = ImageFileCheck.fault(mask);
    if (file.isPresent()) {
      return file;
    }
    try (InputStream in = Files.newInputStream(mask)) {
      byte[] head = in.readNBytes(IHDR_BYTES);
      boolean png = head.length == IHDR_BYTES && head[1] == 'P' && head[2] == 'N';
      if (!png) {
        return Optional.of("no PNG");
      }
      return head[DEPTH_AT] == 8 && head[DEPTH_AT + 1] == 0
          ? Optional.empty()
          : Optional.of(
              "a PNG of %d bits and colour type %d".formatted(head[DEPTH_AT], head[DEPTH_AT + 1]));
    } catch (IOException e) {
      return Optional.of("unreadable: " + e.getMessage());
    }
  }
}
