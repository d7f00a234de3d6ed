package io.bactrian.template;

import java.util.List;

/**
 * A template that was read from a file.
 *
 * @param source the file
 * @param template what it says
 * @param notes what a reader should know, for instance a key without effect
 */
public record Loaded(String source, TaskTemplate template, List<String> notes) {}
