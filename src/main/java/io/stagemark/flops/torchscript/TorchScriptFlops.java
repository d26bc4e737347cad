package io.stagemark.flops.torchscript;

import io.stagemark.data.BadInputException;
import io.stagemark.flops.CountBudget;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.onnx.walk.ShapeTape;
import io.stagemark.flops.torchscript.ForwardArguments.InputOption;
import io.stagemark.flops.torchscript.archive.TorchArchive;
import io.stagemark.flops.torchscript.script.DeclaredType;
import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.script.ScriptUnit.ScriptFunction;
import io.stagemark.flops.torchscript.value.ScriptObject;
import io.stagemark.flops.torchscript.value.ScriptTuple;
import io.stagemark.flops.torchscript.value.Unfollowed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts the operations of a TorchScript file, traced, scripted or frozen, by following its code
 * with shapes in place of data. No native code is loaded.
 *
 * <p>There are two other ways. The profiler of libtorch reports the shapes of inputs, but neither
 * strides nor whether a convolution is transposed, and prints lists of tensors (einsum, lstm) as
 * {@code []}; the typed graph that libtorch logs merges the iterations of a loop. The code has
 * everything, and sizes are numbers in it, so that branches and loops on sizes run as they would.
 * docs/flops.md has the rules.
 */
public final class TorchScriptFlops {
  private TorchScriptFlops() {}

  /**
   * Counts one forward.
   *
   * @param file a zip made by torch.jit.save
   * @param inputShapes of the tensors that forward takes, in its order, float32
   * @return the count, for the whole batch; what depends on the data of a tensor is not counted,
   *     and {@link OperationCount#incompleteBecause} says so
   * @throws BadInputException if the file is no TorchScript archive, or refuses such inputs
   */
  public static OperationCount count(Path file, List<List<Long>> inputShapes)
      throws BadInputException {
    return follow(file, inputShapes).count();
  }

  /**
   * Counts one forward on arguments given as text.
   *
   * @param arguments {@code name=value} each: {@code x=1x3x8x8} for a tensor, {@code rate=16000}
   *     for an int, {@code sizes=[1x8, 1x4]} for a list of tensors; else as {@link #count}
   */
  public static OperationCount countGiven(Path file, List<String> arguments)
      throws BadInputException {
    List<InputOption> given = new ArrayList<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      given.add(
          new InputOption(
              argument.substring(0, Math.max(0, equals)), argument.substring(equals + 1)));
    }
    return checked(file, given).count();
  }

  /**
   * What following a file found.
   *
   * @param count of one forward
   * @param called every operator that it applied to a tensor, in order
   * @param outputs the tensors that it returned, in order, by the keys of a dictionary or the names
   *     of a named tuple, otherwise by their position
   */
  public record ScriptCount(
      OperationCount count, List<CalledOperator> called, Map<String, Value> outputs) {
    public ScriptCount {
      called = List.copyOf(called);
      outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }
  }

  /**
   * Returns what forward takes, in its order: names, and types as the code declares them, such as
   * {@code Tensor}.
   *
   * @throws BadInputException if the file is no TorchScript archive
   */
  public static Map<String, String> parameters(Path file) throws BadInputException {
    return guarded(
        file,
        () -> {
          ShapeTape tape = new ShapeTape();
          CountBudget budget = CountBudget.perFile();
          OperatorCalls operators = new OperatorCalls(tape, budget, new Unfollowed(tape));
          try (TorchArchive archive = TorchArchive.open(file, tape)) {
            ScriptObject model = archive.model();
            ScriptFunction forward =
                new Interpreter(archive, operators, budget).method(model, "forward");
            Map<String, String> parameters = new LinkedHashMap<>();
            forward
                .parameters()
                .subList(1, forward.parameters().size())
                .forEach(each -> parameters.put(each.name(), DeclaredType.text(each.type())));
            return parameters;
          }
        });
  }

  /** Counts one forward and returns the order of its operators too; else as {@link #count}. */
  public static ScriptCount follow(Path file, List<List<Long>> inputShapes)
      throws BadInputException {
    List<InputOption> given =
        inputShapes.stream()
            .map(shape -> shape.stream().map(String::valueOf).collect(Collectors.joining("x")))
            .map(text -> new InputOption("", text))
            .toList();
    return checked(file, given);
  }

  private static ScriptCount checked(Path file, List<InputOption> given) throws BadInputException {
    return guarded(file, () -> followed(file, given));
  }

  /** Reads an untrusted archive. */
  private interface ArchiveReader<T> {
    T read() throws IOException;
  }

  private static <T> T guarded(Path file, ArchiveReader<T> reader) throws BadInputException {
    try {
      if (!Files.isRegularFile(file)) {
        throw new ScriptFault("", "no such file");
      }
      return reader.read();
    } catch (ScriptFault e) {
      throw e.in(file.toString());
    } catch (UncheckedIOException | IOException e) {
      throw new ScriptFault("", "unreadable: " + e.getMessage()).in(file.toString());
    } catch (StackOverflowError e) {
      // bounded one by one, nestings can still multiply; nothing was changed that would need
      // undoing
      throw new ScriptFault("", "code or values nested too deep").in(file.toString());
    } catch (CountBudget.Spent e) {
      throw new ScriptFault("", "reading it " + e.reason()).in(file.toString());
    } catch (IllegalStateException | NullPointerException e) {
      throw e; // a defect of ours
    } catch (RuntimeException e) {
      throw fault(e).in(file.toString());
    }
  }

  /** Code that does not fit its data ends in the exceptions of lists and numbers. */
  private static ScriptFault fault(RuntimeException e) {
    if (e instanceof ScriptFault known) {
      return known;
    }
    return new ScriptFault(
        "",
        e instanceof ArithmeticException
            ? "a size or a count of operations beyond 2^63"
            : "code that cannot be followed: " + e.getMessage());
  }

  private static ScriptCount followed(Path file, List<InputOption> given) throws IOException {
    ShapeTape tape = new ShapeTape();
    CountBudget budget = CountBudget.perFile();
    Unfollowed unfollowed = new Unfollowed(tape);
    OperatorCalls operators = new OperatorCalls(tape, budget, unfollowed);
    try (TorchArchive archive = TorchArchive.open(file, tape)) {
      ScriptObject model = archive.model();
      Interpreter interpreter = new Interpreter(archive, operators, budget);
      ArgumentReader reader = new ArgumentReader(tape, interpreter);
      ScriptFunction forward = interpreter.method(model, "forward");
      Map<String, Object> arguments = new ForwardArguments(forward, reader).match(given);
      Map<String, Value> outputs = new LinkedHashMap<>();
      try {
        Object result = interpreter.run(forward, model.path(), List.of(model), arguments);
        new OutputCollector(budget, outputs).collect(result, "", 0);
      } catch (CountBudget.Spent e) {
        unfollowed.add(e.reason() + " of the code: the rest is not counted");
      } catch (ScriptFault | ArithmeticException | IndexOutOfBoundsException e) {
        if (unfollowed.isEmpty()) {
          throw e;
        }
        // what an earlier unknown left behind; alone it would be a fault of the file
        unfollowed.add("the count ends: " + fault(e).getMessage());
      }
      unfollowed.report();
      return new ScriptCount(
          tape.result("torchscript", Math.max(1, reader.batch())), operators.called(), outputs);
    }
  }

  /**
   * Names the tensors of a result. Results nest: torchvision's detectors return a tuple with a list
   * of dictionaries. A list may also hold itself, or one list so often that no walk ends.
   */
  private record OutputCollector(CountBudget budget, Map<String, Value> outputs) {
    private static final int MAX_DEPTH = 16;

    /** An output is kept, which a step of the code is not. */
    private static final long STEPS_PER_ITEM = 100;

    void collect(@Nullable Object result, String name, int depth) {
      budget.take(STEPS_PER_ITEM);
      if (depth > MAX_DEPTH) {
        return;
      }
      if (result instanceof Value value) {
        outputs.put(free(name), value);
      } else if (result instanceof ScriptTuple tuple) {
        for (int i = 0; i < tuple.items().size(); i++) {
          String item = i < tuple.names().size() ? tuple.names().get(i) : "";
          collect(tuple.items().get(i), item, depth + 1);
        }
      } else if (result instanceof List<?> list) {
        list.forEach(item -> collect(item, "", depth + 1));
      } else if (result instanceof Map<?, ?> map) {
        map.forEach((key, item) -> collect(item, String.valueOf(key), depth + 1));
      }
    }

    private String free(String name) {
      String free = name;
      for (int i = outputs.size(); free.isEmpty() || outputs.containsKey(free); i++) {
        free = "output" + i;
      }
      return free;
    }
  }
}
