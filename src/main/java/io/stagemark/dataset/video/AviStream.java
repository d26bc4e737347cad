package io.stagemark.dataset.video;

import java.util.Locale;
import java.util.Set;

/**
 * What an AVI says of its first video stream.
 *
 * @param index among all streams of the file, from 0: the digits of its chunks' names
 * @param codec four characters of {@code biCompression}, as they are in the file
 * @param heightPx of a picture, in pixels; 0 where it is not said
 */
record AviStream(int index, String codec, long heightPx) {
  private static final Set<String> MOTION_JPEG = Set.of("MJPG", "JPEG", "AVRN", "DMB1");

  /** Returns whether the codec's name is one of Motion JPEG. */
  boolean saysMotionJpeg() {
    return MOTION_JPEG.contains(codec.toUpperCase(Locale.ROOT));
  }

  /** Returns such as {@code codec H264}. */
  String codecText() {
    return codec.equals("\0\0\0\0") ? "uncompressed pixels" : "codec " + codec;
  }

  /** Returns whether a chunk of that name is a picture of it: {@code 00dc} or {@code 00db}. */
  boolean owns(String chunk) {
    return chunk.charAt(0) == '0' + index / 10
        && chunk.charAt(1) == '0' + index % 10
        && chunk.charAt(2) == 'd'
        && (chunk.charAt(3) == 'c' || chunk.charAt(3) == 'b');
  }
}
