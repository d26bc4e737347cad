package io.stagemark.flops.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.BadInputException;
import io.stagemark.flops.OperationCount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments of forward that are numbers, lists, tuples and dictionaries, given as text. */
final class ForwardArgumentsTest {
  @TempDir private Path folder;

  /** linear(x, w) costs 20 MACs for one row. */
  private OperationCount count(String parameters, String[] body, String... given)
      throws IOException, BadInputException {
    Path file =
        new TinyArchive().tensor("w", 5, 4).parameters(parameters).forward(body).write(folder);
    return TorchScriptFlops.countGiven(file, List.of(given));
  }

  private static final String[] BY_RATE = {
    "if torch.eq(rate, 16000):",
    "  y = torch.linear(x, self.w)",
    "else:",
    "  y = torch.linear(torch.linear(x, self.w), torch.t(self.w))",
    "return y"
  };

  // 3 rows of 20, and of 20 more by the other branch
  @ParameterizedTest
  @CsvSource({"rate=:16000, 60", "rate=16000, 60", "rate=8000, 120"})
  void count_intArgument_choosesTheBranch(String rate, long macs)
      throws IOException, BadInputException {
    OperationCount count = count("x: Tensor,\n    rate: int", BY_RATE, "x=3x4", rate);

    assertThat(count.macs()).isEqualTo(macs);
    assertThat(count.complete()).isTrue();
  }

  @Test
  void count_namesOfForward_decideWhateverTheOrder() throws IOException, BadInputException {
    assertThat(count("x: Tensor,\n    rate: int", BY_RATE, "rate=16000", "x=3x4").macs())
        .isEqualTo(60);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x=3x4 | | no value for rate | --input rate=16000",
        "x=3x4 | rate=1x3 | 1x3 is no int | rate: int",
        "x=3x4 | rate=1.5 | 1.5 is no int | --input rate=16000",
        "x=3xy | rate=1 | 3xy is no Tensor | --input x=1x3x224x224",
        "x=3x4 | x=3x4 | values for x, x | forward(x: Tensor, rate: int)",
      })
  void count_argumentThatDoesNotFit_isNamedWithItsType(
      String first, String second, String found, String help) {
    String[] given = second == null ? new String[] {first} : new String[] {first, second};

    assertThatThrownBy(() -> count("x: Tensor,\n    rate: int", BY_RATE, given))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(found)
        .hasMessageContaining(help);
  }

  @Test
  void count_tensorForAnInt_isRefused() throws IOException {
    Path file = new TinyArchive().parameters("rate: int").forward("return rate").write(folder);

    assertThatThrownBy(() -> TorchScriptFlops.count(file, List.of(List.of(1L, 3L))))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("rate: int");
  }

  // two rows and one; as often as the tuple's number says; no mask
  @Test
  void count_listTupleDictionaryAndOptional_areGiven() throws IOException, BadInputException {
    String parameters =
        "xs: List[Tensor],\n    t: Tuple[Tensor, int],\n    d: Dict[str, Tensor],\n"
            + "    mask: Optional[Tensor]=None";
    String[] body = {
      "for i in range(torch.len(xs)):",
      "  y = torch.linear(xs[i], self.w)",
      "for i in range((t)[1]):",
      "  y = torch.linear((t)[0], self.w)",
      "y = torch.linear(d[\"a\"], self.w)",
      "if torch.__isnot__(mask, None):",
      "  y = torch.linear(mask, self.w)",
      "else:",
      "  pass",
      "return y"
    };

    // (2 + 1) + 4 * 1 + 3 rows, and 7 of the mask
    assertThat(count(parameters, body, "xs=[2x4, 1x4]", "t=(1x4, 4)", "d={a: 3x4}").macs())
        .isEqualTo(200);
    assertThat(
            count(parameters, body, "xs=[2x4, 1x4]", "t=(1x4, 4)", "d={a: 3x4}", "mask=7x4").macs())
        .isEqualTo(340);
    assertThat(
            count(parameters, body, "xs=[2x4, 1x4]", "t=(1x4, 4)", "d={a: 3x4}", "mask=None")
                .macs())
        .isEqualTo(200);
  }

  // what every element is decides a loop; without it the data is not known
  @Test
  void count_tensorWithItsNumber_isKnown() throws IOException, BadInputException {
    String[] body = {
      "for i in range(int(n)):", "  y = torch.linear(x, self.w)", "return x",
    };
    OperationCount known = count("x: Tensor,\n    n: Tensor", body, "x=1x4", "n=:3:int64");
    OperationCount unknown = count("x: Tensor,\n    n: Tensor", body, "x=1x4", "n=");

    assertThat(known.macs()).isEqualTo(60);
    assertThat(known.complete()).isTrue();
    assertThat(unknown.macs()).isZero();
    assertThat(unknown.complete()).isFalse();
  }
}
