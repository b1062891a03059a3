package io.jenkins.plugins.darwin.jenkins.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import jenkins.model.Jenkins;

/** The defaults that apply to a job, nearest first: its folders from the inside out, then the controller. */
public final class DefaultsChain {
    private final List<ReleaseDefaults> nearestFirst;

    DefaultsChain(List<ReleaseDefaults> nearestFirst) {
        this.nearestFirst = List.copyOf(nearestFirst);
    }

    public static DefaultsChain of(Job<?, ?> job) {
        List<ReleaseDefaults> found = new ArrayList<>();
        if (Jenkins.get().getPlugin("cloudbees-folder") != null) {
            Folders.collect(job, found); // a class of its own: it links to an optional dependency
        }
        found.add(DarwinReleasesConfiguration.get().getDefaults());
        return new DefaultsChain(found);
    }

    /**
     * The nearest value.
     *
     * @param own what the step's call gave, or null
     */
    public <T> Optional<T> value(T own, Function<ReleaseDefaults, T> field) {
        return own != null
                ? Optional.of(own)
                : nearestFirst.stream().map(field).filter(Objects::nonNull).findFirst();
    }

    private static final class Folders {
        static void collect(Job<?, ?> job, List<ReleaseDefaults> found) {
            ItemGroup<?> parent = job.getParent();
            while (parent instanceof Item item) {
                if (parent instanceof AbstractFolder<?> folder) {
                    DarwinFolderProperty property = folder.getProperties().get(DarwinFolderProperty.class);
                    if (property != null) {
                        found.add(property.getDefaults());
                    }
                }
                parent = item.getParent();
            }
        }
    }
}
