package io.jenkins.plugins.darwin.jenkins.vote;

import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import jenkins.model.Jenkins;

/** What people may do with votes, granted on a job, a folder or everywhere. Aborting a build gives neither. */
public final class VotePermissions {
    public static final PermissionGroup GROUP =
            new PermissionGroup(VotePermissions.class, Messages._VotePermissions_Group());

    /** To cast a ballot; whether it binds is for the vote's policy to say. */
    public static final Permission VOTE =
            new Permission(GROUP, "Vote", Messages._VotePermissions_Vote(), Jenkins.ADMINISTER, PermissionScope.ITEM);

    /** To close a decided vote early, to give it more time, to take the candidate back. */
    public static final Permission MANAGE = new Permission(
            GROUP, "Manage", Messages._VotePermissions_Manage(), Jenkins.ADMINISTER, PermissionScope.ITEM);

    private VotePermissions() {}

    /** Loads this class, so that the permissions are there before anybody is asked to grant them. */
    static void register() {
        // the static fields do it
    }
}
