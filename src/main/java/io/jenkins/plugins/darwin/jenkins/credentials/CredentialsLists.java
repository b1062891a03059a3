package io.jenkins.plugins.darwin.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Drop-downs and checks for fields that hold a credentials ID. Who may not choose credentials learns nothing about them
 * (credentials plugin, docs/consumer.adoc).
 */
public final class CredentialsLists {
    private CredentialsLists() {}

    /**
     * The IDs to choose from.
     *
     * @param item the job or folder that is configured, or null on the system configuration page
     * @param current what the field holds now; always among the choices
     */
    public static ListBoxModel items(Item item, CredentialsKind kind, String current) {
        StandardListBoxModel choices = new StandardListBoxModel();
        if (mayUse(item)) {
            choices.includeEmptyValue();
            for (Class<? extends StandardCredentials> type : kind.types()) {
                if (item == null) {
                    choices.includeAs(ACL.SYSTEM2, Jenkins.get(), type);
                } else {
                    choices.includeAs(authentication(item), item, type);
                }
            }
        }
        return choices.includeCurrentValue(current);
    }

    /** Warns when nothing of this ID and kind is there; a build may still see more than the person who configures it. */
    public static FormValidation check(Item item, CredentialsKind kind, String value) {
        String id = Util.fixEmptyAndTrim(value);
        if (id == null || !mayUse(item)) {
            return FormValidation.ok();
        }
        for (Class<? extends StandardCredentials> type : kind.types()) {
            ListBoxModel found = item == null
                    ? CredentialsProvider.listCredentialsInItemGroup(
                            type, Jenkins.get(), ACL.SYSTEM2, List.of(), CredentialsMatchers.withId(id))
                    : CredentialsProvider.listCredentialsInItem(
                            type, item, authentication(item), List.of(), CredentialsMatchers.withId(id));
            if (!found.isEmpty()) {
                return FormValidation.ok();
            }
        }
        return FormValidation.warning(Messages.CredentialsLists_NotFound(kind.expected()));
    }

    /** Whether the user may see what is configured here. */
    public static boolean mayConfigure(Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.EXTENDED_READ);
    }

    private static boolean mayUse(Item item) {
        return mayConfigure(item) || item != null && item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    private static Authentication authentication(Item item) {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }
}
