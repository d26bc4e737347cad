package io.stagemark.postprocess.decoder.text;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import java.util.List;

/** See {@link TextMap}. */
public final class TextMapFamily implements Decoder {
  @Override
  public String name() {
    return "text-map";
  }

  @Override
  public String description() {
    return "DBNet and others of text: a map of probabilities, turned rectangles";
  }

  @Override
  public String layout() {
    return "one output [N, 1, h, w]";
  }

  @Override
  public List<DecoderParameter> parameters() {
    return List.of(
        new DecoderParameter(TextMap.MAP_THRESHOLD, 0, 1, 0.3),
        new DecoderParameter(TextMap.UNCLIP, 0, 100, 1.5),
        new DecoderParameter(TextMap.MIN_SIDE_PX, 0, 10_000, 3));
  }

  @Override
  public boolean needsNms() {
    return false;
  }

  @Override
  public boolean hasMultiLabel() {
    return false;
  }

  @Override
  public BoxDecoder create(Head head) {
    return new TextMap(head);
  }
}
