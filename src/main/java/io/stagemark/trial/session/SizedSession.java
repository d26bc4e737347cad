package io.stagemark.trial.session;

import io.stagemark.config.CaseSpec;
import io.stagemark.data.BadInputException;
import io.stagemark.data.ImageSize;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.LoadedModel;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A session for each size of the image input, over one loaded model; everything is asked of the one
 * that is current. Unlike other sessions, {@link #input} and the shapes change with it. Not
 * thread-safe.
 */
final class SizedSession implements EngineSession {
  private final LoadedModel model;
  private final CaseSpec spec;
  private final Engine engine;
  private final SortedMap<ImageSize, OneSize> sizes = new TreeMap<>();
  private @Nullable EngineSession current;

  /**
   * A session with every extent known.
   *
   * @param spec the case at its size
   */
  record OneSize(CaseSpec spec, EngineSession session) {}

  /** No size is open yet. */
  SizedSession(LoadedModel model, CaseSpec spec, Engine engine) {
    this.model = model;
    this.spec = spec;
    this.engine = engine;
  }

  CaseSpec spec() {
    return spec;
  }

  /**
   * Opens the session of a size; the first one becomes current.
   *
   * @return empty if it was open before
   * @throws EngineException if the model does not take inputs of this size
   */
  Optional<OneSize> open(ImageSize size) throws EngineException {
    if (sizes.containsKey(size)) {
      return Optional.empty();
    }
    CaseSpec at;
    try {
      at = CaseSizes.at(spec, engine, size);
    } catch (BadInputException e) {
      throw new EngineException("input of %s: %s".formatted(size, e.getMessage()), e);
    }
    EngineSession opened = model.newSession(CaseSession.modelFile(at, engine));
    OneSize one = new OneSize(at, opened);
    sizes.put(size, one);
    if (current == null) {
      current = opened;
    }
    return Optional.of(one);
  }

  /** Makes a session that was opened the one that everything is asked of. Allocates nothing. */
  void select(EngineSession opened) {
    current = opened;
  }

  private EngineSession current() {
    if (current == null) {
      throw new IllegalStateException("no size was opened");
    }
    return current;
  }

  @Override
  public List<TensorSpec> inputs() {
    return current().inputs();
  }

  @Override
  public List<TensorSpec> outputs() {
    return current().outputs();
  }

  @Override
  public Tensor input(int index) {
    return current().input(index);
  }

  @Override
  public void forward() throws EngineException {
    current().forward();
  }

  @Override
  public Tensor output(int index) {
    return current().output(index);
  }

  @Override
  public void close() {
    sizes.values().forEach(one -> one.session().close());
  }
}
