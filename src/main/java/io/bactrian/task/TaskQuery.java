package io.bactrian.task;

import java.util.Optional;
import java.util.Set;

/**
 * Which tasks are asked for; what is empty does not matter.
 *
 * @param state the state they are in
 * @param namespace the namespace of their template
 * @param name the name of their template
 * @param namespaces the namespaces that the asker may see
 */
public record TaskQuery(
    Optional<TaskState> state,
    Optional<String> namespace,
    Optional<String> name,
    Optional<Set<String>> namespaces) {}
