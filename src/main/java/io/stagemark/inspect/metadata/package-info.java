/**
 * What exporters write into a model file, and what is stored next to it.
 *
 * <p>Start reading at {@link io.stagemark.inspect.metadata.ExportMetadata}, then {@link
 * io.stagemark.inspect.metadata.Sidecars}. Texts come from files of others: they are read within
 * bounds, and nothing in them is ever evaluated.
 */
@NullMarked
package io.stagemark.inspect.metadata;

import org.jspecify.annotations.NullMarked;
