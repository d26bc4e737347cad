package io.stagemark.dataset.coco;

import io.stagemark.data.BadInputException;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.DatasetFormat;
import io.stagemark.dataset.DatasetKey;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.dataset.Example;
import io.stagemark.dataset.FoundNotes;
import io.stagemark.dataset.ModelView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** See {@link CocoDataset}. */
public final class CocoFormat implements DatasetFormat {
  @Override
  public String name() {
    return "coco";
  }

  @Override
  public String description() {
    return "a folder of images and a COCO JSON file with true boxes, masks or key points";
  }

  @Override
  public Set<DatasetKey> required() {
    return Set.of(DatasetKey.IMAGES, DatasetKey.ANNOTATIONS);
  }

  @Override
  public Set<DatasetKey> optional() {
    return Set.of(DatasetKey.UNKNOWN_CLASSES);
  }

  @Override
  public boolean hasTruth(DatasetSettings settings) {
    return true;
  }

  @Override
  public Dataset open(DatasetSettings settings, Optional<ModelView> model)
      throws BadInputException {
    FoundNotes notes = new FoundNotes();
    List<Example> examples = CocoDataset.read(settings, model, notes);
    return new Dataset(settings.name(), examples, notes.list());
  }
}
