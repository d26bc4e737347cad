package io.stagemark.flops.torchscript.script;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;

/** An archive that cannot be read, or a script that cannot be followed on the given inputs. */
public final class ScriptFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String where;
  private final String found;
  private final String expected;
  private final String tryThis;

  public ScriptFault(String where, String found) {
    this(
        where,
        found,
        "a TorchScript archive made by torch.jit.save, and inputs that it takes",
        "check the file's SHA-256 and the shapes given with --input");
  }

  public ScriptFault(String where, String found, String expected, String tryThis) {
    super(where.isEmpty() ? found : where + ": " + found);
    this.where = where;
    this.found = found;
    this.expected = expected;
    this.tryThis = tryThis;
  }

  /** Returns the fault as the user's problem in {@code file}. */
  public BadInputException in(String file) {
    return new BadInputException(
        new Problem(where.isEmpty() ? file : file + ": " + where, found, expected, tryThis));
  }
}
