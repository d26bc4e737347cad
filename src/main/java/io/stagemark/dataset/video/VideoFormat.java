package io.stagemark.dataset.video;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.DatasetFormat;
import io.stagemark.dataset.DatasetKey;
import io.stagemark.dataset.DatasetOption;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.dataset.ModelView;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The frames of a Motion JPEG AVI: all, or each n-th. Their ids are {@code clip.avi#000120}, with
 * the number in the video, from 0. There is no truth, and so no score.
 */
public final class VideoFormat implements DatasetFormat {
  private static final String EVERY = "every";
  private static final String ALL = "1";

  @Override
  public String name() {
    return "video";
  }

  @Override
  public String description() {
    return "the frames of a Motion JPEG AVI: timed, not scored";
  }

  @Override
  public Set<DatasetKey> required() {
    return Set.of(DatasetKey.PATH);
  }

  @Override
  public List<DatasetOption> options() {
    return List.of(
        new DatasetOption(
            EVERY,
            "a whole number in [1, 999999999]",
            Pattern.compile("[1-9][0-9]{0,8}"),
            "10",
            Optional.of(ALL)));
  }

  @Override
  public boolean hasTruth(DatasetSettings settings) {
    return false;
  }

  @Override
  public Dataset open(DatasetSettings settings, Optional<ModelView> model)
      throws BadInputException {
    Path file = settings.path();
    ChosenFrames chosen =
        new ChosenFrames(settings, Integer.parseInt(settings.options().getOrDefault(EVERY, ALL)));
    try {
      long frames = AviFile.read(file, chosen);
      return chosen.dataset(frames);
    } catch (AviFault e) {
      throw new BadInputException(
          new Problem(
              file.toString(), e.found(), FfmpegLine.EXPECTED, FfmpegLine.of(e.remedy(), file)));
    } catch (NoSuchFileException e) {
      throw unreadable(file, "no such file");
    } catch (FileSystemException e) {
      throw unreadable(file, "unreadable: " + e.getMessage());
    } catch (IOException e) {
      throw unreadable(file, String.valueOf(e.getMessage()));
    }
  }

  private static BadInputException unreadable(Path file, String found) {
    return new BadInputException(
        new Problem(file.toString(), found, FfmpegLine.EXPECTED, FfmpegLine.ANOTHER_FILE));
  }
}
