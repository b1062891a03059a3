package io.jenkins.plugins.darwin.cli.demo;

import io.jenkins.plugins.darwin.model.Person;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * {@code examples/darwin/history.yaml}: the commits of the example. The file says what its keys mean.
 *
 * @param commits up to the cut, oldest first
 * @param later what comes to main during the vote; the last one is the fix
 */
record History(List<Commit> commits, List<Commit> later) {
    /** @param add files of the example's folder, by path */
    record Commit(
            String message,
            Person author,
            Instant date,
            List<String> add,
            List<Edit> edits,
            List<NewFile> writes,
            Optional<String> tag) {}

    /** @param find what stands once in the file */
    record Edit(String file, String find, String put) {}

    record NewFile(String file, String text) {}

    static History parse(String yaml) {
        Map<?, ?> root = (Map<?, ?>)
                new Load(LoadSettings.builder().setLabel("history.yaml").build()).loadFromString(yaml);
        Map<?, ?> people = (Map<?, ?>) root.get("people");
        Function<Object, Commit> commit = node -> commit((Map<?, ?>) node, people);
        return new History(list(root, "commits", commit), list(root, "later", commit));
    }

    private static Commit commit(Map<?, ?> node, Map<?, ?> people) {
        return new Commit(
                text(node, "message").strip() + "\n",
                Person.parse(text(people, text(node, "author"))),
                Instant.parse(text(node, "date")),
                list(node, "add", Object::toString),
                list(
                        node,
                        "edit",
                        e -> new Edit(
                                text((Map<?, ?>) e, "file"), text((Map<?, ?>) e, "find"), text((Map<?, ?>) e, "put"))),
                list(node, "write", w -> new NewFile(text((Map<?, ?>) w, "file"), text((Map<?, ?>) w, "text"))),
                Optional.ofNullable(node.get("tag")).map(Object::toString));
    }

    private static String text(Map<?, ?> node, String key) {
        Object value = node.get(key);
        if (value == null) {
            throw new IllegalStateException("history.yaml: no " + key + " in " + node);
        }
        return value.toString();
    }

    private static <T> List<T> list(Map<?, ?> node, String key, Function<Object, T> each) {
        return node.get(key) == null
                ? List.of()
                : ((List<?>) node.get(key)).stream().map(each).toList();
    }
}
