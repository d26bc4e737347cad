package io.stagemark.flops.torchscript.script;

import java.util.ArrayList;
import java.util.List;

/**
 * What a block of statements would have done that is passed over because it depends on data.
 *
 * @param variables that it assigns
 * @param fields of objects that it assigns
 * @param returns whether a call can end in it
 */
public record SkippedBlock(List<String> variables, List<Expr.Attribute> fields, boolean returns) {

  public static SkippedBlock of(List<Statement> block) {
    List<String> variables = new ArrayList<>();
    List<Expr.Attribute> fields = new ArrayList<>();
    boolean returns = collect(block, variables, fields);
    return new SkippedBlock(variables, fields, returns);
  }

  private static boolean collect(
      List<Statement> block, List<String> variables, List<Expr.Attribute> fields) {
    boolean returns = false;
    for (Statement statement : block) {
      if (statement instanceof Statement.Assign assign) {
        for (Expr target : assign.targets()) {
          if (target instanceof Expr.Name name) {
            variables.add(name.name());
          } else if (target instanceof Expr.Attribute field) {
            fields.add(field);
          }
        }
      } else if (statement instanceof Statement.If choice) {
        returns |= collect(choice.then(), variables, fields);
        returns |= collect(choice.otherwise(), variables, fields);
      } else if (statement instanceof Statement.For loop) {
        variables.add(loop.variable());
        returns |= collect(loop.body(), variables, fields);
      } else if (statement instanceof Statement.While loop) {
        returns |= collect(loop.body(), variables, fields);
      } else if (statement instanceof Statement.Return) {
        returns = true;
      }
    }
    return returns;
  }

  /** Returns whether a block only ends in an exception of the model. */
  public static boolean refuses(List<Statement> block) {
    return block.stream()
        .anyMatch(
            statement ->
                statement instanceof Statement.Evaluate one
                    && one.value() instanceof Expr.Call call
                    && call.function() instanceof Expr.Attribute function
                    && function.name().equals("RaiseException"));
  }
}
