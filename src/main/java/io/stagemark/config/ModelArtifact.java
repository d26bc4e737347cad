package io.stagemark.config;

import java.nio.file.Path;

/**
 * One file of a model.
 *
 * @param path absolute
 * @param sha256 lower-case hexadecimal digest that the file must have
 */
public record ModelArtifact(Path path, String sha256) {}
