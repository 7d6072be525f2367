interface Standing {
  can_download: boolean
  can_share: boolean
}

/** V2's UserPermissions (section 1.7), from how the actor stands to the project. */
export function permissionsView({ can_download, can_share }: Standing) {
  return {
    can_download,
    can_manage_devices: false,
    can_modify_template: false,
    can_public_share_presentation: can_share,
    can_public_share_review_link: can_share,
    can_see_watermarking_settings: false,
    can_share_downloadable_presentation: can_share && can_download,
    can_share_downloadable_review_link: can_share && can_download,
    can_share_unwatermarked_presentation: can_share,
    can_share_unwatermarked_review_link: can_share,
    can_share_without_drm_presentation: can_share,
    can_share_without_drm_review_link: can_share,
    can_share_without_forensic_watermark_presentation: can_share,
    can_share_without_forensic_watermark_review_link: can_share,
    can_view_devices: false,
  }
}
