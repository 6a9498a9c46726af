"""The one router of these addresses: an address with two methods must not come from two."""

from ninja import Router

router = Router()
