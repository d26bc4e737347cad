package io.stagemark.dataset.video;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.data.ShownPath;
import io.stagemark.dataset.video.AviFault.Remedy;
import java.nio.file.Path;

/** What a user can type to get a file that is read. */
final class FfmpegLine {
  static final String EXPECTED = "a whole AVI file of Motion JPEG";
  static final String ANOTHER_FILE = "path: clip.avi";
  private static final String AVI = ".avi";

  private FfmpegLine() {}

  /** Returns a line of the config, or a command that makes another file of this one. */
  static String of(Remedy remedy, Path file) {
    return switch (remedy) {
      case ENCODE -> line(file, "-c:v mjpeg -q:v 2 -an");
      case REWRITE -> line(file, "-c:v copy -an");
      case ANOTHER_FILE -> ANOTHER_FILE;
      case PICTURES -> "format: images, with the folder of the pictures";
    };
  }

  private static String line(Path file, String options) {
    String shown = ShownPath.of(file);
    return "ffmpeg -i %s %s %s"
        .formatted(
            PlainText.shellArgument(shown), options, PlainText.shellArgument(another(shown)));
  }

  /** Returns the name of another AVI: {@code clip.avi} for clip.mp4, and clip-2.avi for that. */
  private static String another(String file) {
    int dot = file.lastIndexOf('.');
    String stem = dot > file.lastIndexOf('/') + 1 ? file.substring(0, dot) : file;
    return (file.toLowerCase(ROOT).endsWith(AVI) ? stem + "-2" : stem) + AVI;
  }
}
