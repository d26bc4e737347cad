package io.stagemark.postprocess.decoder.grid;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.Decoder;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.dense.Parameters;
import io.stagemark.postprocess.decoder.dense.Places.Centre;
import java.util.List;

/**
 * NanoDet, NanoDet-Plus and PicoDet, which differ in where a cell's centre is: at the middle of its
 * pixels' coordinates, at its corner, or half a cell from it.
 */
public abstract class NanoDet implements Decoder {
  private final String name;
  private final String title;
  private final Centre centre;

  private NanoDet(String name, String title, Centre centre) {
    this.name = name;
    this.title = title;
    this.centre = centre;
  }

  /** NanoDet. */
  public static final class Original extends NanoDet {
    public Original() {
      super("nanodet", "NanoDet", Centre.PIXEL);
    }
  }

  /** NanoDet-Plus. */
  public static final class Plus extends NanoDet {
    public Plus() {
      super("nanodet-plus", "NanoDet-Plus", Centre.CORNER);
    }
  }

  /** PicoDet without its last layer. */
  public static final class Pico extends NanoDet {
    public Pico() {
      super("picodet", "PicoDet before its boxes", Centre.CELL);
    }
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String description() {
    return title + ": class scores and distributions of box sides";
  }

  @Override
  public final String layout() {
    return "for each stride scores [N, cells, classes] and distances [N, cells, 4 x bins], or one"
        + " output [N, cells of all strides, classes + 4 x bins]";
  }

  @Override
  public final List<DecoderParameter> parameters() {
    return List.of(
        Parameters.centre(centre), Parameters.strides(8, 16, 32, 64), Parameters.probabilities());
  }

  @Override
  public final BoxDecoder create(Head head) {
    return new BinnedDistances(head).decoder();
  }
}
