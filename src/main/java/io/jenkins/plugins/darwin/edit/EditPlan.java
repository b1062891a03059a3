package io.jenkins.plugins.darwin.edit;

import java.util.List;
import java.util.Map;

/**
 * What {@link VersionEdits#plan} would change.
 *
 * @param contents new content by path, of the files that change only
 * @param places every place that was found, those that already hold their value too, by file and line
 * @param warnings what a reader should look at, each naming file and line: duplicate keys, for example
 */
public record EditPlan(Map<String, byte[]> contents, List<EditedPlace> places, List<String> warnings) {
    public EditPlan {
        contents = Map.copyOf(contents);
        places = List.copyOf(places);
        warnings = List.copyOf(warnings);
    }

    /**
     * One value in one file.
     *
     * @param line first is 1
     * @param path where in the file, every key spelt out: {@code services.chronos.image.tag}; for a regex, the expression
     */
    public record EditedPlace(String file, int line, String path, String oldValue, String newValue) {
        public boolean changed() {
            return !oldValue.equals(newValue);
        }
    }
}
