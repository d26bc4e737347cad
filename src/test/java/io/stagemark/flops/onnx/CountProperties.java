package io.stagemark.flops.onnx;

import static io.stagemark.flops.onnx.TinyModel.attribute;
import static io.stagemark.flops.onnx.TinyModel.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.BadInputException;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.onnx.value.Window;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Laws of counting that hold for every shape. */
final class CountProperties {

  private static OperationCount convolution(long batch, long in, long out, long group, long kernel)
      throws BadInputException {
    return new TinyModel()
        .input("x", batch, in, 9, 7)
        .weight("w", out, in / group, kernel, kernel)
        .node("Conv", "x w", "y", attribute("group", group), list("pads", 1, 1, 1, 1))
        .output("y")
        .count();
  }

  @Property(tries = 25)
  void count_isLinearInTheBatch(
      @ForAll @IntRange(min = 1, max = 6) int batch, @ForAll @IntRange(min = 1, max = 3) int kernel)
      throws BadInputException {
    OperationCount one = convolution(1, 4, 6, 1, kernel);
    OperationCount many = convolution(batch, 4, 6, 1, kernel);

    assertThat(many.macs()).isEqualTo(batch * one.macs());
    assertThat(many.validMacs()).isEqualTo(batch * one.validMacs());
  }

  @Property(tries = 25)
  void count_groupedConvolution_isTheSumOfItsGroups(
      @ForAll @IntRange(min = 1, max = 4) int group, @ForAll @IntRange(min = 1, max = 3) int per)
      throws BadInputException {
    OperationCount grouped = convolution(2, (long) group * per, 2L * group, group, 3);
    OperationCount single = convolution(2, per, 2, 1, 3);

    assertThat(grouped.macs()).isEqualTo(group * single.macs());
  }

  @Property(tries = 25)
  void count_pointwiseConvolution_equalsTheMatrixProduct(
      @ForAll @IntRange(min = 1, max = 8) int in, @ForAll @IntRange(min = 1, max = 8) int out)
      throws BadInputException {
    OperationCount conv =
        new TinyModel()
            .input("x", 1, in, 5, 4)
            .weight("w", out, in, 1, 1)
            .node("Conv", "x w", "y")
            .output("y")
            .count();
    OperationCount product =
        new TinyModel()
            .input("x", 20, in)
            .weight("w", in, out)
            .node("MatMul", "x w", "y")
            .output("y")
            .count();

    assertThat(conv.macs()).isEqualTo(product.macs());
  }

  // a transposed convolution takes back exactly what the convolution of its output would cost
  @Property(tries = 40)
  void count_transposedConvolution_isSymmetricToConvolution(
      @ForAll @IntRange(min = 1, max = 4) int kernel,
      @ForAll @IntRange(min = 1, max = 3) int stride,
      @ForAll @IntRange(min = 0, max = 2) int pad,
      @ForAll @IntRange(min = 1, max = 2) int group)
      throws BadInputException {
    int used = Math.min(pad, kernel - 1);
    OperationCount up =
        new TinyModel()
            .input("x", 1, 4, 6, 6)
            .weight("w", 4, 6 / group, kernel, kernel)
            .node(
                "ConvTranspose",
                "x w",
                "y",
                attribute("group", group),
                list("strides", stride, stride),
                list("pads", used, used, used, used))
            .output("y")
            .count();
    long extent = up.perOp().get(0).outputShapes().get(0).get(2);
    OperationCount down =
        new TinyModel()
            .input("y", 1, 6, extent, extent)
            .weight("w", 4, 6 / group, kernel, kernel)
            .node(
                "Conv",
                "y w",
                "x",
                attribute("group", group),
                list("strides", stride, stride),
                list("pads", used, used, used, used))
            .output("x")
            .count();

    assertThat(up.macs()).isEqualTo(down.macs());
    assertThat(up.validMacs()).isEqualTo(down.validMacs());
  }

  @Property(tries = 60)
  void meetings_equalTheirDefinition(
      @ForAll @IntRange(min = 1, max = 9) int outputs,
      @ForAll @IntRange(min = 1, max = 3) int stride,
      @ForAll @IntRange(min = 1, max = 5) int taps,
      @ForAll @IntRange(min = 1, max = 3) int dilation,
      @ForAll @IntRange(min = 0, max = 4) int pad,
      @ForAll @IntRange(min = 1, max = 12) int extent) {
    long counted = 0;
    for (int o = 0; o < outputs; o++) {
      for (int j = 0; j < taps; j++) {
        int at = o * stride - pad + j * dilation;
        counted += at >= 0 && at < extent ? 1 : 0;
      }
    }

    assertThat(Window.meetings(outputs, stride, taps, dilation, pad, extent)).isEqualTo(counted);
  }
}
